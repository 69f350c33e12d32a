package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits in the database, and the errands that have tasks looked at which wait for them. Rules are
 * changed on the writer's thread; thread-safe.
 */
final class LimitStore implements TaskLimits {
  private static final Logger LOG = LoggerFactory.getLogger(LimitStore.class);
  private static final int MOST = 1_000;
  private static final int COUNTED = 10_000;
  private static final long AGAIN_MILLIS = 1_000;

  /** Gates that share a commit of a sweep. */
  private static final int PIECE = 50;

  private static final String LOAD = "SELECT definition FROM task_limits";
  private static final String SET =
      "INSERT INTO task_limits (name, definition) VALUES (?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET definition = excluded.definition";
  private static final String REMOVE = "DELETE FROM task_limits WHERE name = ?";

  private static final String LIMITED = " waits_for >= 'limit ' AND waits_for < 'limit!'";

  /** One step in the index a gate, however many tasks wait at each. */
  private static final String NEXT_GATE =
      "SELECT waits_for FROM tasks WHERE"
          + LIMITED
          + " AND waits_for > ? ORDER BY waits_for LIMIT 1";

  private static final String FIRST_GATE = NEXT_GATE.replace("> ?", ">= ?");
  private static final String COUNT =
      "SELECT count(*) FROM (SELECT 1 FROM tasks WHERE"
          + LIMITED
          + " AND waits_for >= ? AND waits_for <= ? LIMIT "
          + COUNTED
          + ")";

  private final Store store;
  private final InstantSource clock;
  private final Errands errands;
  private final Queues queues;
  private final RunningTasks running;
  private final TaskCommit.Effects effects;
  private final Runnable requireStarted;
  private final Gates gates;

  /** Guarded by this, as is set. */
  private final Map<String, Limit> declared = new TreeMap<>();

  private final Map<String, Limit> set = new TreeMap<>();
  private final KeyLimits keys;
  private volatile boolean started;

  LimitStore(
      Store store,
      InstantSource clock,
      Errands errands,
      Queues queues,
      RunningTasks running,
      TaskCommit.Effects effects,
      Runnable requireStarted,
      Gates gates) {
    this.store = store;
    this.clock = clock;
    this.errands = errands;
    this.queues = queues;
    this.running = running;
    this.effects = effects;
    this.requireStarted = requireStarted;
    this.gates = gates;
    keys = new KeyLimits(store);
  }

  // Life.

  /** Takes up limits, and at which of them tasks wait. */
  void load(Snapshot view) {
    for (String json : view.query(LOAD, row -> row.getString(1))) {
      Limit limit = Json.MAPPER.readValue(json, Limit.class);
      synchronized (this) {
        set.put(limit.name(), limit);
      }
    }
    keys.load(view);
    apply();
    waitingGates(view, GateCommit.FOR_LIMIT, true, _ -> true, Integer.MAX_VALUE)
        .forEach(gates::waits);
  }

  /** Has everything looked at that waits. */
  void start() {
    started = true;
    errands.start("tasks-limits", () -> sweep(GateCommit.FOR_LIMIT, _ -> true));
  }

  /** Puts the limits of a type in force. */
  void declare(Collection<Limit> limits) {
    if (limits.isEmpty()) {
      return;
    }
    synchronized (this) {
      limits.forEach(limit -> declared.put(limit.name(), limit));
    }
    if (started) {
      store.write(tx -> tx.afterCommit(this::apply));
    }
  }

  private synchronized LimitRules rules() {
    var effective = new TreeMap<>(declared);
    effective.putAll(set);
    return new LimitRules(effective.values(), keys.all());
  }

  private void apply() {
    LimitRules rules = rules();
    gates.change(rules);
    queues.limits(rules);
  }

  // Requests.

  @Override
  public Position set(Limit limit) {
    requireStarted.run();
    if (limit.concurrency() == null && limit.rate() == null) {
      throw Limits.option("concurrency", "null", "Give concurrency, rate, or both.");
    }
    String json = Json.MAPPER.writeValueAsString(limit);
    return store.write(tx -> {
      synchronized (this) {
        if (set.size() >= MOST && !set.containsKey(limit.name())) {
          throw TaskException.of(
              TaskException.Reason.LIMIT,
              "name",
              "there are " + MOST + " limits already",
              "Remove one, or limit each key instead.");
        }
      }
      tx.update(SET, limit.name(), json);
      tx.afterCommit(() -> changed(limit.name(), limit));
    });
  }

  @Override
  public Position remove(String name) {
    requireStarted.run();
    return store.write(tx -> {
      if (tx.update(REMOVE, name) == 0) {
        throw TaskException.of(
            TaskException.Reason.NO_LIMIT,
            "name",
            "no limit was set under the name '" + Texts.shortened(name, 120) + "'",
            "List the limits to see which there are; those that code declares stay.");
      }
      synchronized (this) {
        if (!declared.containsKey(name)) {
          keys.removeAll(tx, name);
        }
      }
      tx.afterCommit(() -> changed(name, null));
    });
  }

  private void changed(String name, @Nullable Limit limit) {
    synchronized (this) {
      if (limit == null) {
        set.remove(name);
      } else {
        set.put(name, limit);
      }
    }
    apply();
    errands.start("tasks-limits", () -> sweep(name));
  }

  @Override
  public Position setKey(KeyLimit of) {
    requireStarted.run();
    Limit all = require(of.limit());
    if (!all.perKey()) {
      throw Limits.option(
          "key",
          of.key(),
          "Limit '" + all.name() + "' does not hold for each key; set that first.");
    }
    return keys.set(of, () -> keyChanged(of.gate()));
  }

  @Override
  public Position removeKey(String limit, String key) {
    requireStarted.run();
    return keys.remove(limit, key, () -> keyChanged(limit + " " + key));
  }

  private void keyChanged(String gate) {
    apply();
    errands.start("tasks-limits", () -> look(gate));
  }

  @Override
  public KeyLimitPage keys(String limit, int most, @Nullable String after) {
    requireStarted.run();
    if (most < 1 || most > Limits.PAGE) {
      throw Limits.option("limit", most, "Use 1 to " + Limits.PAGE + ".");
    }
    Limit _ = require(limit);
    return store.read(view ->
        keys.page(
            limit,
            most,
            after,
            of -> {
              String waits = GateCommit.FOR_LIMIT + of.gate();
              return new KeyLimitView(of, gates.used(of.gate()), view.number(COUNT, waits, waits));
            }));
  }

  private Limit require(String name) {
    Limit known = gates.rules().find(name);
    if (known == null) {
      throw TaskException.of(
          TaskException.Reason.NO_LIMIT,
          "name",
          "there is no limit '" + Texts.shortened(name, 120) + "'",
          "List the limits to see which there are.");
    }
    return known;
  }

  @Override
  public Optional<LimitView> find(String name) {
    return list().stream().filter(view -> view.limit().name().equals(name)).findFirst();
  }

  @Override
  public List<LimitView> list() {
    requireStarted.run();
    Map<String, Long> used = gates.used();
    Collection<Limit> limits = gates.rules().all();
    return store.read(view ->
        limits.stream()
            .map(limit -> view(view, limit, name -> used.getOrDefault(name, 0L)))
            .toList());
  }

  private LimitView view(Snapshot view, Limit limit, ToLongFunction<String> used) {
    String gate = GateCommit.FOR_LIMIT + limit.name();
    boolean own;
    synchronized (this) {
      own = !set.containsKey(limit.name());
    }
    String queue = limit.queue();
    if (limit.isOfQueue() && queue != null) {
      return new LimitView(limit, own, running.count(queue), 0);
    }
    long waiting =
        limit.perKey()
            ? view.number(COUNT, gate + " ", gate + "!")
            : view.number(COUNT, gate, gate);
    return new LimitView(limit, own, used.applyAsLong(limit.name()), waiting);
  }

  // Those who wait.

  /** Looks at a gate at a time in Unix µs. */
  void wakeAt(String id, long at) {
    long millis = Math.ceilDiv(at - clock.millis() * 1_000, 1_000L);
    errands.startIn(Math.max(0, millis), "tasks-limits", () -> look(id));
  }

  private void look(String id) {
    gates.woken(id);
    try {
      store.write(tx -> TaskCommit.of(tx, effects).gates().look(id));
    } catch (StoreException failure) {
      if (failure.reason() == StoreException.Reason.CLOSED) {
        throw failure;
      }
      LOG.warn("tasks that wait for limit {} were not looked at, trying again", id, failure);
      errands.startIn(AGAIN_MILLIS, "tasks-limits", () -> look(id));
    }
  }

  /** Looks at all that wait for a limit which was changed. */
  private void sweep(String name) throws InterruptedException {
    String gate = GateCommit.FOR_LIMIT + name;
    sweep(gate, id -> id.equals(name) || id.startsWith(name + " "));
  }

  private interface Which {
    boolean is(String id);
  }

  /**
   * Looks at the gates from {@code from} on, some a commit. Those of no limit are looked at until
   * nobody waits there any more; the others see to themselves.
   */
  private void sweep(String from, Which which) throws InterruptedException {
    String first = from;
    boolean inclusive = true;
    while (true) {
      String begin = first;
      boolean including = inclusive;
      List<String> ids = store.read(view -> waitingGates(view, begin, including, which, PIECE));
      if (ids.isEmpty()) {
        return;
      }
      while (lookAt(ids) > 0) {
        // Those of no limit are let go in pieces.
      }
      first = GateCommit.FOR_LIMIT + ids.getLast();
      inclusive = false;
    }
  }

  private int lookAt(List<String> ids) throws InterruptedException {
    while (true) {
      try {
        store.write(tx -> ids.forEach(TaskCommit.of(tx, effects).gates()::waits));
        return store.read(view -> {
          int left = 0;
          for (String id : ids) {
            boolean none = gates.rules().ofGate(id) == null;
            String waits = GateCommit.FOR_LIMIT + id;
            left += none && view.number(COUNT, waits, waits) > 0 ? 1 : 0;
          }
          return left;
        });
      } catch (StoreException failure) {
        if (failure.reason() == StoreException.Reason.CLOSED) {
          throw failure;
        }
        LOG.warn("tasks that wait for limits were not looked at, trying again", failure);
        Thread.sleep(AGAIN_MILLIS);
      }
    }
  }

  private static List<String> waitingGates(
      Snapshot view, String from, boolean including, Which which, int most) {
    var ids = new ArrayList<String>();
    String after = from;
    while (ids.size() < most) {
      String sql = including && ids.isEmpty() ? FIRST_GATE : NEXT_GATE;
      Optional<String> next = view.find(sql, row -> row.getString(1), after);
      if (next.isEmpty()) {
        return ids;
      }
      String id = next.get().substring(GateCommit.FOR_LIMIT.length());
      if (!which.is(id)) {
        return ids;
      }
      ids.add(id);
      after = next.get();
    }
    return ids;
  }
}
