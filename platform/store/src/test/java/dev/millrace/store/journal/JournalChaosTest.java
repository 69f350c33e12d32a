package dev.millrace.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Instruments;
import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.behaviour.Child;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random writes, failures, crashes and restarts; afterwards the output of every follower must be
 * what a replay of the tables gives. {@code -Dmillrace.soak=true} makes it long.
 */
class JournalChaosTest {
  record Fact(long id, int n) {}

  private static final EventType<Fact> FACT = EventType.of("chaos.fact", 1, Fact.class);
  private static final boolean SOAK = Boolean.getBoolean("millrace.soak");
  private static final int KILLS = SOAK ? 100 : 3;
  private static final int STEPS = SOAK ? 20_000 : 300;
  private static final int NEAR = 1_000;

  @TempDir Path folder;

  private static Store open(Path file) {
    return Store.open(StoreConfig.defaults(file).withWal(200, 64 << 20));
  }

  private static Journal journal(Store store) {
    Journal journal =
        Journal.open(
            store,
            JournalConfig.defaults()
                .withLimits(Duration.ZERO, Duration.ofDays(1), 1 << 30)
                .withListedChanges(1_000),
            Instruments.system());
    journal.declare(FACT);
    store.write(tx -> {
      tx.update("CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, n INTEGER)");
      tx.update("CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY, v INTEGER)");
      tx.update("CREATE TABLE IF NOT EXISTS mirror (id INTEGER PRIMARY KEY, v INTEGER)");
      tx.update("CREATE TABLE IF NOT EXISTS total (id INTEGER PRIMARY KEY, n, events)");
      tx.update("INSERT INTO total VALUES (1, 0, 0) ON CONFLICT DO NOTHING");
    });
    journal.follow(List.of(FollowedTable.of("items", "id").with("v")));
    return journal;
  }

  /** Followers whose handlers fail now and then, after having done half their work. */
  private static List<Follower> followers(Journal journal, double failing) {
    var dice = new SplittableRandom();
    FollowerSpec sum =
        FollowerSpec.named("sum")
            .on(FACT)
            .withBatch(20)
            .withRetries(1_000, Duration.ofMillis(1), Duration.ofMillis(4))
            .handledBy((tx, events) -> {
              for (Event event : events) {
                tx.update("UPDATE total SET n = n + ?, events = events + 1", event.as(FACT).n());
              }
              failSometimes(dice, failing);
            });
    FollowerSpec mirror =
        FollowerSpec.named("mirror")
            .onTables("items")
            .withBatch(7)
            .withRetries(1_000, Duration.ofMillis(1), Duration.ofMillis(4))
            .handledBy((tx, events) -> {
              for (Event event : events) {
                mirror(tx, event.asChange());
              }
              failSometimes(dice, failing);
            });
    return List.of(journal.start(sum), journal.start(mirror));
  }

  private static void mirror(dev.millrace.store.Tx tx, TableChange change) {
    long id = change.key().get(0).longValue();
    switch (change.kind()) {
      case INSERT ->
          tx.update("INSERT INTO mirror VALUES (?, ?)", id, change.after().get("v").longValue());
      case UPDATE -> {
        tx.update("DELETE FROM mirror WHERE id = ?", change.before().get("id").longValue());
        tx.update("INSERT INTO mirror VALUES (?, ?)", id, change.after().get("v").longValue());
      }
      case DELETE -> tx.update("DELETE FROM mirror WHERE id = ?", id);
      case ALL -> throw new AssertionError("not that many");
    }
  }

  private static void failSometimes(SplittableRandom dice, double failing) {
    synchronized (dice) {
      if (dice.nextDouble() < failing) {
        throw new IllegalStateException("now and then");
      }
    }
  }

  /** Writes at random from several threads until it is killed; prints the facts it was granted. */
  static final class Chaos {
    public static void main(String[] args) throws Exception {
      Store store = open(Path.of(args[0]));
      Journal journal = journal(store);
      followers(journal, 0.1);
      var next =
          new AtomicLong(
              store.<Long, RuntimeException>read(
                  view -> view.number("SELECT coalesce(max(id), 0) FROM facts")));
      var random = new SplittableRandom(Long.parseLong(args[1]));
      for (int i = 0; i < 4; i++) {
        SplittableRandom own = random.split();
        Thread.startVirtualThread(() -> {
          while (true) {
            step(store, journal, next, own);
          }
        });
      }
      while (true) {
        journal.tidy();
        LockSupport.parkNanos(20_000_000);
      }
    }

    private static void step(
        Store store, Journal journal, AtomicLong next, SplittableRandom random) {
      long id = next.incrementAndGet();
      int n = random.nextInt(1_000);
      int item = random.nextInt(50);
      int what = random.nextInt(6);
      boolean fails = random.nextInt(20) == 0;
      try {
        store.write(tx -> {
          tx.update("INSERT INTO facts VALUES (?, ?)", id, n);
          journal.emit(tx, new Fact(id, n));
          switch (what) {
            case 0 -> tx.update("INSERT OR IGNORE INTO items VALUES (?, ?)", item, n);
            case 1 -> tx.update("REPLACE INTO items VALUES (?, ?)", item, n);
            case 2 -> tx.update("UPDATE items SET v = v + 1 WHERE id < ?", item);
            case 3 -> tx.update("UPDATE OR REPLACE items SET id = id + 1 WHERE id = ?", item);
            case 4 -> tx.update("DELETE FROM items WHERE id = ?", item);
            default -> {}
          }
          if (fails) {
            throw new IllegalStateException("at random");
          }
        });
        print("fact " + id);
      } catch (IllegalStateException expected) {
        // The commit of the others must stand.
      }
    }

    private static synchronized void print(String line) {
      System.out.println(line);
    }
  }

  @Test
  void followersAgreeWithAReplayWhateverWasKilled() {
    Seed.current().run(this::killAndCompare);
  }

  private void killAndCompare(SplittableRandom random) throws Exception {
    Path file = folder.resolve("chaos.db");
    Set<Long> granted = new HashSet<>();
    for (int i = 0; i < KILLS; i++) {
      Child child = Child.start(Chaos.class, file.toString(), Long.toString(random.nextLong()));
      int lines = random.nextInt(20, 400);
      for (int line = 0; line < lines; line++) {
        granted.add(fact(child.line()));
      }
      for (String line : child.kill()) {
        if (line.matches("fact [0-9]+")) {
          granted.add(fact(line));
        }
      }
    }
    try (Store store = open(file);
        Journal journal = journal(store)) {
      for (Follower follower : followers(journal, 0)) {
        assertThat(follower.await(store.position(), Signal.LIMIT)).isTrue();
      }
      store.<Void, RuntimeException>read(view -> {
        assertThat(list(view, "SELECT id FROM facts")).containsAll(granted);
        assertThat(list(view, "SELECT n FROM total"))
            .isEqualTo(list(view, "SELECT sum(n) FROM facts"));
        assertThat(list(view, "SELECT events FROM total"))
            .isEqualTo(list(view, "SELECT count(*) FROM facts"));
        assertThat(list(view, "SELECT id * 100000 + v FROM mirror ORDER BY id"))
            .isEqualTo(list(view, "SELECT id * 100000 + v FROM items ORDER BY id"));
        return null;
      });
      assertThat(store.check()).isEmpty();
    }
  }

  /** Ends at once when the follower's output is in its transaction, or when that is durable. */
  static final class HaltsInFollower {
    public static void main(String[] args) throws Exception {
      Store store = open(Path.of(args[0]));
      Journal journal = journal(store);
      Runnable halt = () -> Runtime.getRuntime().halt(7);
      journal.start(
          FollowerSpec.named("sum")
              .on(FACT)
              .handledBy((tx, events) -> {
                tx.update("UPDATE total SET events = events + ?", events.size());
                if (args[1].equals("before")) {
                  halt.run();
                }
                tx.afterCommit(halt);
              }));
      store.write(tx -> {
        journal.emit(tx, new Fact(1, 1));
        journal.emit(tx, new Fact(2, 1));
      });
      new Signal("never").await();
    }
  }

  @Test
  void countsOnceWhetherKilledBeforeOrAfterTheCommitOfItsOutput() throws Exception {
    for (String when : List.of("before", "after")) {
      Path file = folder.resolve(when + ".db");
      Child child = Child.start(HaltsInFollower.class, file.toString(), when);
      assertThat(child.end()).isEqualTo(7);
      try (Store store = open(file);
          Journal journal = journal(store)) {
        Follower sum = followers(journal, 0).getFirst();
        assertThat(sum.await(store.position(), Signal.LIMIT)).isTrue();
        assertThat(
                store.<List<Long>, RuntimeException>read(
                    view -> list(view, "SELECT events FROM total")))
            .as("killed %s the commit", when)
            .containsExactly(2L);
      }
    }
  }

  private static long fact(String line) {
    return Long.parseLong(line.substring("fact ".length()));
  }

  private static List<Long> list(Snapshot view, String sql) {
    return view.query(sql, row -> row.getLong(1));
  }

  @Test
  void readsAsTheModelDoesOverFailuresAndRestarts() {
    Seed.current().run(this::compareWithModel);
  }

  private record Known(Position position, int index, String type, int n) {}

  private void compareWithModel(SplittableRandom random) throws Exception {
    Path file = folder.resolve("model.db");
    List<Known> model = new ArrayList<>();
    EventType<Fact> other = EventType.of("chaos.other", 1, Fact.class);
    Store store = open(file);
    Journal journal = Journal.open(store);
    Cursor begin = journal.begin();
    try {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(10)) {
          case 0 -> {
            journal.close();
            store.close();
            store = open(file);
            journal = Journal.open(store);
          }
          case 1 -> failing(store, journal);
          case 2, 3, 4 -> compare(journal, begin, model, random);
          default -> emit(store, journal, model, other, random);
        }
      }
    } finally {
      journal.close();
      store.close();
    }
    assertThat(Files.exists(file)).isTrue();
  }

  private static void failing(Store store, Journal journal) {
    try {
      store.write(tx -> {
        journal.emit(tx, new EncodedEvent("chaos.fact", 1, "{}"));
        throw new IllegalStateException("never seen");
      });
    } catch (IllegalStateException expected) {
      // Nothing of it may show.
    }
  }

  private static void emit(
      Store store,
      Journal journal,
      List<Known> model,
      EventType<Fact> other,
      SplittableRandom random) {
    int events = random.nextInt(5);
    List<Known> added = new ArrayList<>();
    Position at =
        store.write(tx -> {
          added.clear();
          for (int i = 0; i < events; i++) {
            String type = random.nextBoolean() ? FACT.name() : other.name();
            int n = random.nextInt();
            String padding = random.nextInt(40) == 0 ? "x".repeat(200_000) : "";
            String json = "{\"id\":1,\"n\":" + n + ",\"p\":\"" + padding + "\"}";
            journal.emit(tx, new EncodedEvent(type, 1, json));
            added.add(new Known(tx.position(), i, type, n));
          }
        });
    added.forEach(known -> model.add(new Known(at, known.index(), known.type(), known.n())));
  }

  private static void compare(
      Journal journal, Cursor begin, List<Known> model, SplittableRandom random) {
    // Mostly from somewhere near the end: all of a long journal each time would take hours.
    int oldest = random.nextInt(10) == 0 ? 0 : Math.max(0, model.size() - NEAR);
    int from = oldest + random.nextInt(model.size() - oldest + 1);
    Cursor after =
        from == 0 ? begin : new Cursor(model.get(from - 1).position(), model.get(from - 1).index());
    Set<String> types = random.nextBoolean() ? Set.of() : Set.of("chaos.other");
    int limit = random.nextInt(1, 50);
    List<Known> expected =
        model.subList(from, model.size()).stream()
            .filter(known -> types.isEmpty() || types.contains(known.type()))
            .toList();
    List<Known> seen = new ArrayList<>();
    EventPage page;
    Cursor at = after;
    do {
      page = journal.read(at, limit, types);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      for (Event event : page.items()) {
        seen.add(
            new Known(
                event.cursor().position(),
                event.cursor().index(),
                event.type(),
                event.as(EventType.of(event.type(), 1, Fact.class)).n()));
      }
      at = page.next();
    } while (!page.atEnd());
    assertThat(seen).isEqualTo(expected);
  }
}
