package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.Tx;
import dev.millrace.tasks.adaptive.AutoBounds;
import dev.millrace.tasks.adaptive.AutoLimit;
import dev.millrace.tasks.window.LaneRefill;
import dev.millrace.tasks.window.Lanes;
import dev.millrace.tasks.window.Refill;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queues by name, their settings, and the reads that fill their windows. Thread-safe. */
final class Queues {
  private static final Logger LOG = LoggerFactory.getLogger(Queues.class);
  private static final String SETTINGS =
      "SELECT name, paused, concurrency, auto_min, auto_max, newest_first FROM task_queues";
  private static final String PAUSE =
      "INSERT INTO task_queues (name, paused) VALUES (?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET paused = excluded.paused";
  private static final String ORDER =
      "INSERT INTO task_queues (name, newest_first) VALUES (?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET newest_first = excluded.newest_first";
  private static final String LIMIT =
      "INSERT INTO task_queues (name, concurrency) VALUES (?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET concurrency = excluded.concurrency,"
          + " auto_min = NULL, auto_max = NULL";
  private static final String AUTO =
      "INSERT INTO task_queues (name, auto_min, auto_max) VALUES (?, ?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET auto_min = excluded.auto_min,"
          + " auto_max = excluded.auto_max";
  private static final String REFILL =
      "SELECT "
          + TaskRow.COLUMNS
          + " FROM tasks WHERE queue = ? AND coalesce(tenant, '') = ? AND state = 'ready'"
          + " AND rank >= ? AND (rank > ? OR id > ?) ORDER BY rank, id LIMIT ?";

  /** Enough to know how far the ranks of each priority have come. */
  private static final String NEWEST =
      "SELECT priority, rank FROM tasks WHERE queue = ? AND coalesce(tenant, '') = ?"
          + " AND state = 'ready' AND rank > 0 ORDER BY rank LIMIT 10";

  /** One step in the index a tenant, however many tasks each has. */
  private static final String LANES =
      "WITH RECURSIVE lanes (name) AS (SELECT (SELECT coalesce(tenant, '') FROM tasks"
          + " WHERE queue = ? AND state = 'ready' ORDER BY coalesce(tenant, '') LIMIT 1)"
          + " UNION ALL SELECT (SELECT coalesce(tenant, '') FROM tasks WHERE queue = ? AND state ="
          + " 'ready' AND coalesce(tenant, '') > lanes.name ORDER BY coalesce(tenant, '') LIMIT 1)"
          + " FROM lanes WHERE lanes.name IS NOT NULL) SELECT name FROM lanes WHERE name IS NOT"
          + " NULL";

  private static final long LOOK_AGAIN_MILLIS = 1_000;

  /** Lanes that share a read and the commit behind it. */
  private static final int LANES_A_READ = 100;

  private final Store store;
  private final TasksConfig config;
  private final RunningTasks running;
  private final Notebook notebook;
  private final Consumer<TaskQueue> startSlot;
  private final Errands errands;
  private final TenantStore tenants;
  private final Gates gates;
  private final InstantSource clock;
  private final TaskCommit.Effects effects;
  private volatile LimitRules rules = LimitRules.NONE;
  private final Map<String, TaskQueue> byName = new ConcurrentHashMap<>();
  private final Map<String, Integer> defaults = new ConcurrentHashMap<>();
  final Ranks ranks;
  private volatile boolean open;
  private boolean closed;

  /** Guarded by this. */
  private boolean quiet;

  private volatile Consumer<TaskQueue> onNew = _ -> {};

  Queues(
      Store store,
      TasksConfig config,
      RunningTasks running,
      Notebook notebook,
      Consumer<TaskQueue> startSlot,
      Errands errands,
      TenantStore tenants,
      Gates gates,
      InstantSource clock,
      TaskCommit.Effects effects) {
    this.effects = effects;
    this.store = store;
    this.config = config;
    this.running = running;
    this.notebook = notebook;
    this.startSlot = startSlot;
    this.errands = errands;
    this.tenants = tenants;
    this.gates = gates;
    ranks = new Ranks(config.ageing().toMillis());
    this.clock = clock;
  }

  /**
   * Takes up settings and lanes, before anything is started.
   *
   * @param names the queues that have or had tasks
   */
  void load(Snapshot view, Collection<String> names) {
    loadSettings(view);
    for (String name : names) {
      List<String> lanes = view.query(LANES, row -> row.getString(1), name, name);
      of(name).expect(lanes);
      if (ranks.order(name) == QueueOrder.LIFO) {
        for (String lane : lanes) {
          view.forEach(NEWEST, row -> ranks.seen(name, row.getInt(1), row.getLong(2)), name, lane);
        }
      }
    }
  }

  private void loadSettings(Snapshot view) {
    view.forEach(
        SETTINGS,
        row -> {
          TaskQueue queue = of(row.getString(1));
          queue.pause(row.getInt(2) != 0);
          int limit = row.getInt(3);
          if (limit > 0) {
            queue.limit(limit);
          }
          int min = row.getInt(4);
          if (min > 0) {
            auto(queue, new AutoBounds(min, row.getInt(5)));
          }
          if (row.getInt(6) != 0) {
            ranks.order(queue.name, QueueOrder.LIFO);
          }
        });
  }

  /** Tells of all queues, those that are there and those that come. */
  void onNew(Consumer<TaskQueue> told) {
    onNew = told;
    byName.values().forEach(told);
  }

  /** Lets all queues start tasks, also those that come later; does nothing once closed. */
  synchronized void open() {
    if (!closed) {
      open = true;
      byName.values().forEach(TaskQueue::open);
    }
  }

  synchronized void close() {
    closed = true;
    open = false;
    byName.values().forEach(TaskQueue::close);
  }

  /** Keeps all queues from starting anything, also those that come later. */
  synchronized void quiet(boolean to) {
    quiet = to;
    byName.values().forEach(queue -> queue.quiet(to));
  }

  private synchronized void quieten(TaskQueue made) {
    if (quiet) {
      made.quiet(true);
    }
  }

  Collection<TaskQueue> all() {
    return byName.values();
  }

  /** Whether the queue is there or may be made. */
  boolean hasRoomFor(String name) {
    return byName.containsKey(name) || byName.size() < Limits.QUEUES;
  }

  /** Whether the tenant may have one more ready task in that queue. */
  boolean hasRoomFor(String name, @Nullable String tenant) {
    TaskQueue known = tenant == null ? null : byName.get(name);
    return known == null || tenant == null || known.hasRoomFor(tenant);
  }

  /**
   * Takes a task out of its window, so that it cannot start; it comes back if the commit does not
   * come, on the writer's thread as all that windows are told.
   *
   * @param row as it is in the database
   * @return null if memory does not hold it as ready
   */
  @Nullable TaskRow take(Tx tx, TaskRow row) {
    TaskQueue queue = of(row.queue());
    TaskRow held = queue.take(row);
    if (held != null || mayBeRead(tx, row)) {
      tx.afterRollback(() -> queue.putBack(held == null ? row : held));
    }
    return held;
  }

  /**
   * Whether the task may be among those that are being read just now, which leave it out from now
   * on. What this commit itself made ready is in no window before it is through.
   */
  private boolean mayBeRead(Tx tx, TaskRow row) {
    TaskCommit commit = TaskCommit.of(tx, effects);
    return row.state() == TaskState.READY
        && !commit.touches(row.key())
        && !commit.moved.containsKey(row.key());
  }

  /** The queue of that name, made if it is new. */
  TaskQueue of(String name) {
    TaskQueue known = byName.get(name);
    if (known != null) {
      return known;
    }
    TaskQueue made = byName.computeIfAbsent(name, this::make);
    quieten(made);
    return made;
  }

  private TaskQueue make(String name) {
    var queue =
        new TaskQueue(
            name,
            defaultLimit(name),
            defaults.containsKey(name) || name.equals(TaskType.CPU_QUEUE),
            new Lanes<>(
                config.windowTasks(), config.windowBytes(), tenant -> tenants.weight(tenant, name)),
            running,
            notebook,
            gates,
            clock,
            startSlot,
            this::startRefill,
            tap);
    queue.limits(rules.ofQueue(name));
    if (config.adaptive().isAuto(name)) {
      auto(queue, AutoBounds.DEFAULT);
    }
    onNew.accept(queue);
    if (open) {
      queue.open();
    }
    return queue;
  }

  private int defaultLimit(String name) {
    Integer declared = defaults.get(name);
    if (declared != null) {
      return declared;
    }
    return name.equals(TaskType.CPU_QUEUE)
        ? Runtime.getRuntime().availableProcessors()
        : config.concurrency();
  }

  /** The limit of a queue that is not made yet and has no setting of its own. */
  void defaultLimit(String name, int limit) {
    Limits.checkQueue(name);
    checkLimit(limit);
    defaults.put(name, limit);
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit > Limits.CONCURRENCY) {
      throw Limits.option("concurrency", limit, "Use 1 to " + Limits.CONCURRENCY + ".");
    }
  }

  void pause(String name, boolean paused) {
    requireRoomFor(name);
    store.write(tx -> {
      tx.update(PAUSE, name, paused);
      tx.afterCommit(() -> {
        of(name).pause(paused);
        if (paused) {
          gates.revoke(name);
        }
      });
    });
  }

  void order(String name, QueueOrder order) {
    requireRoomFor(name);
    store.write(tx -> {
      tx.update(ORDER, name, order == QueueOrder.LIFO);
      tx.afterCommit(() -> {
        TaskQueue _ = of(name);
        ranks.order(name, order);
      });
    });
  }

  void limit(String name, int limit) {
    requireRoomFor(name);
    checkLimit(limit);
    store.write(tx -> {
      tx.update(LIMIT, name, limit);
      tx.afterCommit(() -> of(name).limit(limit));
    });
  }

  void limit(String name, AutoBounds bounds) {
    requireRoomFor(name);
    store.write(tx -> {
      tx.update(AUTO, name, bounds.min(), bounds.max());
      tx.afterCommit(() -> auto(of(name), bounds));
    });
  }

  /** Has the queue's limit found, unless that is off. */
  private void auto(TaskQueue queue, AutoBounds bounds) {
    if (config.adaptive().autoConcurrency()) {
      queue.limit(new AutoLimit(bounds, clock));
    }
  }

  private void requireRoomFor(String name) {
    Limits.checkQueue(name);
    if (!hasRoomFor(name)) {
      throw TaskException.of(
          TaskException.Reason.UNKNOWN_QUEUE,
          "name",
          "there is no queue '" + name + "'",
          "List the queues to see which there are.");
    }
  }

  /** Sets the limits of whole queues. Called on the writer's thread. */
  void limits(LimitRules to) {
    rules = to;
    byName.values().forEach(queue -> queue.limits(to.ofQueue(queue.name)));
  }

  private final TaskQueue.Tap tap =
      new TaskQueue.Tap() {
        @Override
        public void openAt(TaskQueue queue, long at) {
          long millis = Math.ceilDiv(at - clock.millis() * 1_000, 1_000L);
          errands.startIn(
              Math.max(0, millis),
              "tasks-rate-" + queue.name,
              () -> queue.committed(List.of(), List.of()));
        }

        @Override
        public void lease(TaskQueue queue) {
          errands.start("tasks-rate-" + queue.name, () -> Queues.this.lease(queue));
        }
      };

  private void lease(TaskQueue queue) {
    try {
      store.write(tx -> {
        var until = new HashMap<String, Long>();
        for (String limit : queue.unleased()) {
          until.put(limit, queue.lease(limit, GateCommit.spent(tx, limit)));
        }
        until.forEach((limit, time) -> GateCommit.spend(tx, limit, time));
        tx.afterCommit(() -> queue.leased(until));
      });
    } catch (StoreException failure) {
      if (!open || failure.reason() == StoreException.Reason.CLOSED) {
        return;
      }
      LOG.warn("queue {} cannot spend its rate, trying again", queue.name, failure);
      errands.startIn(LOOK_AGAIN_MILLIS, "tasks-rate-" + queue.name, () -> lease(queue));
    }
  }

  private void startRefill(TaskQueue queue) {
    errands.start("tasks-refill-" + queue.name, () -> refill(queue));
  }

  private void refill(TaskQueue queue) {
    List<LaneRefill> asked = queue.beginRefills(LANES_A_READ);
    try {
      List<TaskQueue.Read> reads =
          store.read(view -> asked.stream().map(lane -> read(view, queue.name, lane)).toList());
      // A later work, behind the changes of all commits that the read saw, and of its own commit,
      // which may have begun before the read: see ReadyWindow.
      store.write(tx -> TaskCommit.of(tx, effects).last.add(() -> queue.endRefills(reads)));
    } catch (StoreException failure) {
      queue.failRefills(asked);
      if (!open || failure.reason() == StoreException.Reason.CLOSED) {
        return;
      }
      LOG.warn(
          "waiting tasks of queue {} could not be read, trying again: {}",
          queue.name,
          failure.getMessage());
      errands.startIn(
          LOOK_AGAIN_MILLIS,
          "tasks-refill-" + queue.name,
          () -> queue.committed(List.of(), List.of()));
    }
  }

  private static TaskQueue.Read read(Snapshot view, String queue, LaneRefill asked) {
    Refill refill = asked.refill();
    var collected = new Collected(refill);
    long rank = refill.after().rank();
    view.forEach(
        REFILL,
        row -> collected.add(TaskRow.read(row)),
        queue,
        asked.lane(),
        rank,
        rank,
        refill.after().key(),
        refill.tasks());
    return new TaskQueue.Read(
        asked, collected.rows, collected.more || collected.seen == refill.tasks());
  }

  /** Keeps rows up to the weight that was asked for. */
  private static final class Collected {
    private final Refill refill;
    private final List<TaskRow> rows = new ArrayList<>();
    private long weight;
    private int seen;
    private boolean more;

    Collected(Refill refill) {
      this.refill = refill;
    }

    void add(TaskRow row) {
      seen++;
      weight += row.weight();
      more |= weight > refill.weight() && !rows.isEmpty();
      if (!more) {
        rows.add(row);
      }
    }
  }
}
