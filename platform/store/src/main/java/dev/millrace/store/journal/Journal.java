package dev.millrace.store.journal;

import dev.millrace.store.Instruments;
import dev.millrace.store.Migrations;
import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The history of commits: what happened in each, in order, for whoever comes after. Thread-safe.
 *
 * <p>Events are emitted inside the transaction that they belong to and stand or fall with it. All
 * events of one commit are one row, so they cost little. They are read by {@link Follower}s, which
 * count each exactly once, by {@link #read}, and live by {@link Subscription}s.
 */
public final class Journal implements AutoCloseable {
  private static final Migrations MIGRATIONS =
      Migrations.of("journal", Journal.class, "0001_journal");
  private static final int PAGE = 1_000;

  /** An event may be as long as this, in bytes of UTF-8; what is larger belongs into a table. */
  public static final int EVENT_BYTES = 16 << 20;

  private final Store store;
  private final JournalConfig config;
  private final Instruments instruments;
  private final Listeners listeners;
  private final Follows follows;
  private final JournalHook hook;
  private final Tidying tidying;
  private final Thread tidier;
  private final Map<Class<?>, EventType<?>> types = new ConcurrentHashMap<>();

  private Journal(
      Store store,
      JournalConfig config,
      Instruments instruments,
      Listeners listeners,
      Follows follows,
      JournalHook hook) {
    this.store = store;
    this.hook = hook;
    this.config = config;
    this.instruments = instruments;
    this.listeners = listeners;
    this.follows = follows;
    this.tidying = new Tidying(store, config, listeners, instruments.clock());
    this.tidier =
        Thread.ofVirtual().name("journal-tidying").unstarted(tidying::runUntilInterrupted);
  }

  /**
   * The journal of {@code store}, made if it is missing. Close it before the store.
   *
   * @throws IllegalStateException if the store has an open journal already
   */
  public static Journal open(Store store, JournalConfig config, Instruments instruments) {
    store.migrate(MIGRATIONS);
    JournalTable.End newest = store.<JournalTable.End, RuntimeException>read(JournalTable::newest);
    var listeners = new Listeners(newest.number());
    Follows follows =
        store.<Follows, RuntimeException>read(
            view -> new Follows(store.dialect(), config.listedChanges(), view));
    var hook = new JournalHook(instruments.clock(), follows, listeners);
    store.inEveryCommit(hook);
    try {
      store.write(hook::claim);
    } catch (RuntimeException refused) {
      hook.close();
      throw refused;
    }
    var journal = new Journal(store, config, instruments, listeners, follows, hook);
    journal.tidier.start();
    return journal;
  }

  public static Journal open(Store store) {
    return open(store, JournalConfig.defaults(), Instruments.system());
  }

  /**
   * Makes event types known, so that {@link #emit} can tell them by their records.
   *
   * @throws IllegalArgumentException if a record or a name is taken by another type
   */
  public void declare(EventType<?>... added) {
    for (EventType<?> type : added) {
      for (EventType<?> known : types.values()) {
        if (known.name().equals(type.name()) && !known.record().equals(type.record())) {
          throw new IllegalArgumentException(
              "event name "
                  + type.name()
                  + " is taken by "
                  + known.record().getName()
                  + "; choose another for "
                  + type.record().getName());
        }
      }
      EventType<?> before = types.put(type.record(), type);
      if (before != null && !before.name().equals(type.name())) {
        throw new IllegalArgumentException(
            type.record().getName() + " is declared as " + before.name() + " and " + type.name());
      }
    }
  }

  /**
   * Adds an event to the commit of {@code tx}.
   *
   * @throws IllegalStateException if the journal is closed
   * @throws IllegalArgumentException if its record is of no declared type, or longer than {@link
   *     #EVENT_BYTES}
   */
  public void emit(Tx tx, Object event) {
    emit(tx, encode(event));
  }

  /** As {@link #emit(Tx, Object)}, for an event that was made ready outside the transaction. */
  public void emit(Tx tx, EncodedEvent event) {
    hook.requireOpen();
    JournalBuffer.of(tx).events.add(event);
  }

  /** Makes an event ready, so that the transaction, which all others wait for, is shorter. */
  public EncodedEvent encode(Object event) {
    EventType<?> type = types.get(event.getClass());
    if (type == null) {
      throw new IllegalArgumentException(
          event.getClass().getName()
              + " is no declared event; declare its EventType first. Known are "
              + types.values().stream().map(EventType::name).sorted().toList());
    }
    var encoded =
        new EncodedEvent(type.name(), type.version(), Json.MAPPER.writeValueAsString(event));
    if (encoded.bytes > EVENT_BYTES) {
      throw new IllegalArgumentException(
          "event "
              + type.name()
              + " has "
              + encoded.bytes
              + " bytes, more than "
              + EVENT_BYTES
              + "; keep the large value in a table and emit its key");
    }
    return encoded;
  }

  /**
   * Events after a place, in order.
   *
   * @param limit 1 to 1000
   * @param names of event types, empty for all
   * @throws GoneException if some of them were trimmed
   * @throws dev.millrace.store.PositionException if the place is of another history or of the
   *     future
   */
  public EventPage read(Cursor after, int limit, Set<String> names) {
    if (limit < 1 || limit > PAGE) {
      throw new IllegalArgumentException("limit is " + limit + "; use 1 to " + PAGE);
    }
    store.require(after.position());
    return store.<EventPage, RuntimeException>read(
        view -> JournalTable.read(view, after, limit, names));
  }

  /** The place before the oldest event that is still there. */
  public Cursor begin() {
    return store.<Cursor, RuntimeException>read(
        view -> Cursor.after(new Position(view.position().history(), JournalTable.trimmed(view))));
  }

  /**
   * Follows tables from now on: each change of their rows, by whatever statement, becomes an event.
   * Does nothing for those that are followed in the same way already.
   */
  public void follow(Collection<FollowedTable> tables) {
    store.write(tx -> tables.forEach(table -> follows.install(tx, table)));
  }

  /** Stops following a table, for example before it is dropped. */
  public void unfollow(String table) {
    List<FollowedTable> before = follows.tables();
    try {
      store.write(tx -> follows.remove(tx, table));
    } catch (RuntimeException rolledBack) {
      follows.restore(before);
      throw rolledBack;
    }
  }

  /**
   * Starts a follower where it stopped, or, if it is new, where its specification says.
   *
   * @throws IllegalArgumentException if it has no handler or one of the name runs already
   */
  public synchronized Follower start(FollowerSpec spec) {
    if (spec.inside() == null && spec.outside() == null) {
      throw new IllegalArgumentException(
          "follower " + spec.name() + " has no handler; give it one by handledBy");
    }
    if (listeners.followers().stream().anyMatch(other -> other.name().equals(spec.name()))) {
      throw new IllegalArgumentException("a follower named " + spec.name() + " runs already");
    }
    FollowerTable.Saved begin = store.compute(tx -> findOrInsert(tx, spec)).value();
    var loop = new FollowerLoop(store, spec, listeners, instruments.clock(), begin);
    listeners.add(loop);
    loop.start();
    Meter lag =
        Gauge.builder("millrace.journal.follower.lag", loop, l -> l.status().lag())
            .description("commits that the follower has not seen yet")
            .tag("follower", spec.name())
            .register(instruments.meters());
    loop.onClose(() -> instruments.meters().remove(lag));
    return new Follower(store, loop, listeners, follows, instruments.clock());
  }

  private FollowerTable.Saved findOrInsert(Tx tx, FollowerSpec spec) {
    return FollowerTable.find(tx, spec.name())
        .orElseGet(() -> {
          long number = spec.fromNow() ? tx.number() : JournalTable.trimmed(tx);
          var at = Cursor.after(new Position(tx.position().history(), number));
          FollowerTable.insert(tx, spec.name(), at, instruments.clock().millis());
          return new FollowerTable.Saved(
              spec.name(), number, at.index(), FollowerState.RUNNING, null);
        });
  }

  /** All followers of this database, also those that do not run in this process. */
  public List<FollowerStatus> followers() {
    Map<String, FollowerStatus> running =
        listeners.followers().stream()
            .collect(Collectors.toMap(FollowerLoop::name, FollowerLoop::status));
    Position now = store.position();
    List<FollowerTable.Saved> saved =
        store.<List<FollowerTable.Saved>, RuntimeException>read(FollowerTable::all);
    return saved.stream()
        .map(row -> running.getOrDefault(row.name(), stopped(row, now)))
        .sorted(Comparator.comparing(FollowerStatus::name))
        .toList();
  }

  private static FollowerStatus stopped(FollowerTable.Saved row, Position now) {
    return new FollowerStatus(
        row.name(),
        row.state(),
        new Position(now.history(), row.number()),
        Math.max(0, now.number() - row.number()),
        0,
        row.failure());
  }

  /** Forgets the place of a follower that does not run, so that it holds no events back. */
  public void forget(String follower) {
    if (listeners.followers().stream().anyMatch(other -> other.name().equals(follower))) {
      throw new IllegalArgumentException("follower " + follower + " runs; close it first");
    }
    store.write(tx -> FollowerTable.forget(tx, follower));
  }

  /**
   * Live events from the next commit on.
   *
   * @param names of event types, empty for all
   * @param capacity events that wait for a slow subscriber before it misses some
   */
  public Subscription subscribe(Set<String> names, int capacity) {
    var subscription = new Subscription(names, capacity, listeners::remove);
    listeners.add(subscription, config.subscriptions());
    return subscription;
  }

  /** Drops old events now instead of when it is due. */
  public void tidy() throws InterruptedException {
    tidying.run();
  }

  /**
   * Stops the followers and subscriptions, and takes no more events. The store stays open; changes
   * of followed tables wait for the next journal.
   */
  @Override
  public void close() {
    tidier.interrupt();
    listeners.closeSubscriptions();
    for (FollowerLoop loop : listeners.followers()) {
      listeners.remove(loop);
      loop.close();
    }
    hook.close();
  }
}
