package dev.millrace.tasks;

import dev.millrace.tasks.adaptive.AutoLimit;
import dev.millrace.tasks.window.LaneRefill;
import dev.millrace.tasks.window.Lanes;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue in memory: the lanes of its tenants, and its slots. A slot is the right to run one task
 * at a time; it takes task after task until there is none, so nothing stands between a ready task
 * and a free slot. Thread-safe.
 *
 * <p>The lock guards everything here. A task passes from its lane to the running ones under it, so
 * a cancellation sees it in one of them. Under it only the running tasks' own maps are touched, and
 * threads are started.
 */
final class TaskQueue {
  final String name;
  private final RunningTasks running;
  private final Notebook notebook;
  private final Gates gates;
  private final InstantSource clock;
  private final Consumer<TaskQueue> startSlot;
  private final Consumer<TaskQueue> startRefill;
  private final Tap tap;

  private final ReentrantLock lock = new ReentrantLock();
  private final Lanes<TaskRow> lanes;
  private final Valve valve = new Valve();

  /**
   * The first tasks of chunks that have waited long enough and were taken from the lanes before.
   */
  private final ArrayDeque<LiveRun> dueChunks = new ArrayDeque<>(1);

  /** Whether somebody has set how many run at once. */
  private boolean isSet;

  /** What finds out how many run at once; null for nothing. */
  private @Nullable AutoLimit auto;

  /** How many may run at once as memory stands; see {@link MemoryGuard}. */
  private int cap = Integer.MAX_VALUE;

  private int limit;
  private int busy;

  /** Busy ones whose threads are to be started as soon as the lock is free. */
  private int reserved;

  private long left;
  private boolean paused;

  /** Whether the process takes no more work. */
  private boolean quiet;

  private boolean open;

  /** Whether a reader is at work or about to start. */
  private boolean refilling;

  /** Whether rates are being spent ahead in the database. */
  private boolean leasing;

  /** When the queue is looked at again for a token, in Unix µs. */
  private long opensAt;

  /** What a rate of the whole queue needs. */
  interface Tap {
    /** Looks at the queue at that time in Unix µs. */
    void openAt(TaskQueue queue, long at);

    /** Spends {@link #unleased} ahead in the database, then calls {@link #leased}. */
    void lease(TaskQueue queue);
  }

  /**
   * @param isSet whether somebody has set {@code limit}
   * @param startSlot runs {@link #poll} and what it answers until it answers null
   * @param tap what a rate of the whole queue needs
   * @param startRefill reads what {@link #beginRefills} answers, then calls {@link #endRefills}
   */
  TaskQueue(
      String name,
      int limit,
      boolean isSet,
      Lanes<TaskRow> lanes,
      RunningTasks running,
      Notebook notebook,
      Gates gates,
      InstantSource clock,
      Consumer<TaskQueue> startSlot,
      Consumer<TaskQueue> startRefill,
      Tap tap) {
    this.name = name;
    this.limit = limit;
    this.isSet = isSet;
    this.lanes = lanes;
    this.running = running;
    this.notebook = notebook;
    this.gates = gates;
    this.clock = clock;
    this.startSlot = startSlot;
    this.startRefill = startRefill;
    this.tap = tap;
  }

  /** Lets the queue start tasks. */
  void open() {
    change(() -> {
      open = true;
      refillIfLow();
      reserveSlots();
    });
  }

  /** Starts nothing more; what runs goes on. */
  void close() {
    change(() -> open = false);
  }

  void pause(boolean paused) {
    change(() -> {
      this.paused = paused;
      reserveSlots();
    });
  }

  /** As a pause, but of the whole process: see {@link Tasks#quiet}. */
  void quiet(boolean to) {
    change(() -> {
      quiet = to;
      reserveSlots();
    });
  }

  /** Looks whether a tenant may start anything. */
  void hold(String tenant) {
    change(() -> {
      lanes.hold(tenant);
      reserveSlots();
    });
  }

  boolean isPaused() {
    return ask(() -> paused);
  }

  /** Whether neither a pause nor a limit of the whole queue holds anything up. */
  boolean isFree() {
    return ask(() -> mayStart() && valve.limits().isEmpty());
  }

  void limit(int limit) {
    change(() -> {
      isSet = true;
      auto = null;
      this.limit = limit;
      reserveSlots();
    });
  }

  /** Whether nobody has set the limit, so that it may be tried out. */
  boolean isTunable() {
    return ask(() -> !isSet && auto == null && cap == Integer.MAX_VALUE && !paused);
  }

  /** Tries another limit, unless somebody has set one meanwhile. */
  void tune(int value) {
    change(() -> {
      if (!isSet && auto == null && limit != value) {
        limit = value;
        reserveSlots();
      }
    });
  }

  /** Whether tasks wait although all slots are taken. */
  boolean isSaturated() {
    return ask(() -> mayStart() && busy >= limit && lanes.startable() > 0);
  }

  /** How many tasks have left the ready ones since the process began. */
  long left() {
    return ask(() -> left);
  }

  /** Has the limit found by {@code auto} from now on. */
  void limit(AutoLimit auto) {
    change(() -> {
      this.auto = auto;
      limit = auto.limit();
      reserveSlots();
    });
  }

  /** Takes over what was found. */
  private void found(AutoLimit by) {
    change(() -> {
      if (auto == by) {
        limit = by.limit();
        reserveSlots();
      }
    });
  }

  /** What finds the limit; null if it is a number. */
  @Nullable AutoLimit auto() {
    return this.<@Nullable AutoLimit>ask(() -> auto);
  }

  /** Takes note of a handler that came to its end by itself, for whoever finds the limit. */
  void ended(LiveRun run, long from, long to, boolean failed) {
    AutoLimit by = run.auto;
    if (by != null && by.ended(from, to, run.atOnce, failed)) {
      found(by);
    }
  }

  /** Bounds how many run at once; what runs goes on. */
  void cap(int cap) {
    change(() -> {
      this.cap = cap;
      reserveSlots();
    });
  }

  /** Keeps the {@code share}th part of what it may keep in memory. */
  void narrow(int share) {
    change(() -> lanes.narrow(share));
  }

  int cap() {
    return ask(() -> cap);
  }

  int limit() {
    return ask(() -> limit);
  }

  int busy() {
    return ask(() -> busy);
  }

  int windowSize() {
    return ask(() -> lanes.size());
  }

  /** Sets the limits of the whole queue. */
  void limits(List<Limit> limits) {
    change(() -> {
      valve.limits(limits);
      reserveSlots();
    });
  }

  List<Limit> limits() {
    return ask(() -> valve.limits());
  }

  /** The rates that are to be spent ahead. */
  List<String> unleased() {
    return ask(() -> valve.unleased(micros()));
  }

  /**
   * Up to when a rate is to be spent.
   *
   * @param spentUntil what the database knows
   */
  long lease(String limit, long spentUntil) {
    return ask(() -> valve.lease(limit, spentUntil, micros()));
  }

  /** Takes note of what the database knows now. */
  void leased(Map<String, Long> until) {
    change(() -> {
      leasing = false;
      until.forEach(valve::leased);
      reserveSlots();
    });
  }

  /** Takes note of a commit: what left the ready tasks of the database, and what joined them. */
  void committed(List<TaskRow> left, List<TaskRow> ready) {
    change(() -> {
      this.left += left.size();
      for (TaskRow row : left) {
        lanes.left(row.lane(), row.rank(), row.key());
      }
      for (TaskRow row : ready) {
        lanes.offer(row);
      }
      refillIfLow();
      reserveSlots();
    });
  }

  /** Asks for a slot to run a chunk, which has been taken: a pause does not hold it up. */
  void chunkIsDue(LiveRun first) {
    change(() -> {
      dueChunks.add(first);
      reserveSlots();
    });
  }

  /** The next task for a slot, or null: then the slot is given back. */
  @Nullable LiveRun poll() {
    lock.lock();
    try {
      if (!dueChunks.isEmpty() && open && busy <= widest()) {
        return dueChunks.poll();
      }
      TaskRow row = mayStart() && busy <= widest() && hasToken() ? lanes.poll() : null;
      refillIfLow();
      if (row == null) {
        busy--;
        return null;
      }
      LiveRun run = new LiveRun(row, notebook);
      run.auto = auto;
      run.atOnce = busy;
      gates.admit(run);
      if (run.parksAt == null && valve.isRated()) {
        valve.start(micros(), row.cost());
      }
      return run;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a task out so that it cannot start; null if memory does not hold it as ready. */
  @Nullable TaskRow take(TaskRow row) {
    return this.<@Nullable TaskRow>ask(() -> lanes.remove(row.lane(), row.key()));
  }

  /** Puts in a task of the database again that was taken out, whether or not it was held. */
  void putBack(TaskRow row) {
    change(() -> {
      if (!running.contains(row.key())) {
        lanes.offer(row);
      }
      refillIfLow();
      reserveSlots();
    });
  }

  /** The tenants that have ready tasks, before anything was read. */
  void expect(List<String> tenants) {
    change(() -> tenants.forEach(lanes::expect));
  }

  /** The tenants that have ready tasks; empty for nobody's. */
  List<String> tenants() {
    return ask(() -> lanes.names());
  }

  /** Whether one more tenant may have ready tasks, or that one has some. */
  boolean hasRoomFor(String tenant) {
    return ask(() -> lanes.count() < Limits.TENANTS || lanes.has(tenant));
  }

  /** What to read, at most that many lanes. */
  List<LaneRefill> beginRefills(int most) {
    return ask(() -> lanes.beginRefills(most));
  }

  /** What a reader found. */
  record Read(LaneRefill asked, List<TaskRow> rows, boolean more) {}

  /** Puts in what was read. Called on the writer's thread, behind every commit that was read. */
  void endRefills(List<Read> reads) {
    change(() -> {
      for (Read read : reads) {
        lanes.endRefill(read.asked, read.rows, read.more, running::contains);
      }
      refilling = false;
      refillIfLow();
      reserveSlots();
    });
  }

  /** The reader failed; the next look at the queue starts another one. */
  void failRefills(List<LaneRefill> asked) {
    change(() -> {
      asked.forEach(lanes::failRefill);
      refilling = false;
    });
  }

  /** For all but what every task needs. */
  private <T extends @Nullable Object> T ask(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Starts the slots that it reserves behind the lock, for which they ask first. */
  private void change(Runnable work) {
    int starting;
    lock.lock();
    try {
      work.run();
    } finally {
      starting = reserved;
      reserved = 0;
      lock.unlock();
    }
    for (int i = 0; i < starting; i++) {
      startSlot.accept(this);
    }
  }

  private int widest() {
    return Math.min(Math.min(limit, cap), valve.concurrency());
  }

  private long micros() {
    return clock.millis() * 1_000;
  }

  /** Whether the rates of the queue let a task start; if not, sees to it that they do again. */
  private boolean hasToken() {
    if (!valve.isRated()) {
      return true;
    }
    TaskRow next = lanes.peek();
    long now = micros();
    if (valve.lets(now, next == null ? 1 : next.cost())) {
      return true;
    }
    long at = valve.nextAt(now);
    if (at > 0) {
      if (opensAt <= now || at < opensAt) {
        opensAt = at;
        tap.openAt(this, at);
      }
    } else if (!leasing) {
      leasing = true;
      tap.lease(this);
    }
    return false;
  }

  private boolean mayStart() {
    return open && !paused && !quiet;
  }

  private void refillIfLow() {
    if (open && !refilling && lanes.wantsRefill()) {
      refilling = true;
      startRefill.accept(this);
    }
  }

  /** Takes the slots that have something to run, for {@link #change} to start. */
  private void reserveSlots() {
    if (!open) {
      return;
    }
    int starting = mayStart() ? Math.min(widest() - busy, lanes.startable()) : 0;
    if (starting > 0 && valve.isRated()) {
      starting = hasToken() ? Math.min(starting, valve.tokens(micros())) : 0;
    }
    if (!dueChunks.isEmpty()) {
      starting = Math.min(widest() - busy, starting + dueChunks.size());
    }
    if (starting > 0) {
      busy += starting;
      reserved += starting;
    }
  }
}
