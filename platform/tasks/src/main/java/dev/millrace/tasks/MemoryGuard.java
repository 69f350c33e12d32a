package dev.millrace.tasks;

import dev.millrace.tasks.adaptive.Heap;
import dev.millrace.tasks.adaptive.MemoryLevel;
import dev.millrace.tasks.adaptive.MemoryState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lowers what is taken in before the heap is full: first no queue runs more, then fewer and with
 * fewer waiting tasks in memory, then the youngest runs are put back, and at last submissions are
 * refused. A put-back run is interrupted as when the server stops; its attempt does not count.
 * Thread-safe.
 *
 * <p>It goes by what is alive. When collections of the young leave more than {@link #LOOK} of the
 * heap, which may be garbage, it has everything collected and looks; that takes at most a tenth of
 * the time, or a third while memory grows fast. From a collection on that left much more than the
 * one before it also watches how the heap fills up in between: a collector like G1 lets the young
 * part grow to more than half of the heap, and the next collection may be the last one. As long as
 * no task runs and nothing is held back it does nothing at all.
 */
final class MemoryGuard {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryGuard.class);
  private static final double LOOK = 0.60;
  private static final double GROWN = 0.06;

  /** Growth matters if so much more of it leads to where the guard has to look. */
  private static final int AHEAD = 2;

  /** Less is no growth. */
  private static final double SAME = 0.02;

  private static final int BUSY = 9;
  private static final int HURRIED = 2;
  private static final long TICK_MILLIS = 1_000;

  /** Between two looks at how full the heap is, while it matters. */
  private static final long POLL_MILLIS = 20;

  private static final int KEPT = 50;
  private static final int WINDOW_SHARE = 8;

  private final Queues queues;
  private final RunningTasks running;
  private final InstantSource clock;
  private final boolean on;
  private final Heap heap;
  private final LongAdder refused = new LongAdder();

  // Guarded by this.
  private boolean collected;
  private boolean closed;
  private @Nullable Instant measuredAt;
  private double alive;
  private long putBack;
  private final ArrayDeque<MemoryState.Change> changes = new ArrayDeque<>();

  // Confined to the guard's thread.
  private long measuredNanos = System.nanoTime();
  private long took;
  private double boundThen;

  /** Whether collections leave more and more. */
  private boolean growing;

  private boolean narrow;
  private long recoveredNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

  private volatile MemoryLevel level = MemoryLevel.CALM;

  MemoryGuard(Queues queues, RunningTasks running, InstantSource clock, boolean on) {
    this.queues = queues;
    this.running = running;
    this.clock = clock;
    this.on = on;
    heap = new Heap(this::collected);
  }

  void start() {
    if (on) {
      heap.open();
      Thread.ofPlatform().daemon().name("tasks-memory").start(this::work);
    }
  }

  void close() {
    heap.close();
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }

  /**
   * Refuses submissions while there is no room for what they bring.
   *
   * @throws TaskException while memory is at its end
   */
  void admit() {
    if (level == MemoryLevel.REFUSING) {
      refused.increment();
      throw TaskException.of(
          TaskException.Reason.MEMORY,
          null,
          "memory is at its end: %.0f %% of %d MB are in use"
              .formatted(100 * lastAlive(), heap.max() >> 20),
          "Submit again in a few seconds, or give the process more memory.");
    }
  }

  /** The share of the heap that was alive when it last looked; 0 before. */
  synchronized double lastAlive() {
    return alive;
  }

  synchronized long putBackCount() {
    return putBack;
  }

  long refusedCount() {
    return refused.sum();
  }

  private synchronized void collected() {
    collected = true;
    notifyAll();
  }

  private void work() {
    try {
      while (await()) {
        try {
          look();
        } catch (RuntimeException failure) {
          LOG.error("the memory guard failed; this is a bug", failure);
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("the memory guard was stopped");
    }
  }

  /** Returns after a collection, or after a while if memory matters now; false once closed. */
  private synchronized boolean await() throws InterruptedException {
    boolean matters = growing || !isCalm();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
    while (!collected && !closed && (!matters || System.nanoTime() - until < 0)) {
      wait(matters ? POLL_MILLIS : TICK_MILLIS);
    }
    collected = false;
    return !closed;
  }

  private boolean isCalm() {
    return level == MemoryLevel.CALM && !narrow;
  }

  private void look() {
    boolean calm = isCalm();
    double bound = heap.bound();
    boundThen = Math.min(boundThen, bound);
    if (calm && running.isEmpty()) {
      growing = false;
      return;
    }
    double growth = bound - boundThen;
    growing |= growth > GROWN && bound + AHEAD * growth >= LOOK;
    if (calm && !growing && bound < LOOK) {
      return;
    }
    long since = System.nanoTime() - measuredNanos;
    if (since >= took * (growing ? HURRIED : BUSY) && isDue(calm, bound, since)) {
      measure();
    }
  }

  /** Whether there may be more alive than is known, or it is time to look in any case. */
  private boolean isDue(boolean calm, double bound, long since) {
    if (bound >= LOOK && bound > boundThen + SAME) {
      return true;
    }
    double used = heap.used();
    boolean next = used > boundThen + SAME && MemoryLevel.at(used).compareTo(level) > 0;
    return (used >= LOOK && (next || used > boundThen + GROWN))
        || (!calm && since >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
  }

  private void measure() {
    long from = System.nanoTime();
    double share = heap.measure();
    long now = System.nanoTime();
    took = now - from;
    double growth = share - boundThen;
    growing = growth > SAME;
    double soon = growing ? growth / (now - measuredNanos) * nextLookIn() : 0;
    measuredNanos = now;
    boundThen = share;
    measured(share, soon);
  }

  /** Nanoseconds until it has looked again, while memory grows. */
  private double nextLookIn() {
    return took * (HURRIED + 1) + 2.0 * TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
  }

  /** Does what is to be done about memory that does not grow. */
  void measured(double share) {
    measured(share, 0);
  }

  /**
   * Does what is to be done about memory.
   *
   * @param share of the heap that is alive, 0 to 1
   * @param soon how much more may be before the next look; where a lot is alive, runs are put back
   *     ahead of it
   */
  private void measured(double share, double soon) {
    MemoryLevel before = level;
    MemoryLevel is = MemoryLevel.at(share);
    MemoryLevel ahead = MemoryLevel.at(share + soon);
    MemoryLevel now = is == MemoryLevel.CALM || ahead == is ? is : least(ahead, is);
    Instant at = clock.instant();
    synchronized (this) {
      alive = share;
      measuredAt = at;
      if (now != before) {
        changes.addFirst(new MemoryState.Change(at, before, now, share));
        if (changes.size() > KEPT) {
          changes.pollLast();
        }
      }
    }
    level = now;
    if (now != before) {
      LOG.warn("{} % of the heap are alive: {}", Math.round(100 * share), now.word());
    }
    switch (now) {
      case CALM -> recover();
      case HELD -> lower(1.0);
      case LOWERED -> {
        narrow(true);
        lower(0.7);
      }
      case PUT_BACK, REFUSING -> {
        narrow(true);
        lower(0.5);
        putBack();
      }
    }
  }

  /** The level ahead, but that nobody is refused for what may be. */
  private static MemoryLevel least(MemoryLevel ahead, MemoryLevel is) {
    return ahead == MemoryLevel.REFUSING && is != MemoryLevel.REFUSING
        ? MemoryLevel.PUT_BACK
        : ahead;
  }

  /** Lets no queue run more than that share of what it runs now, but one in each. */
  private void lower(double share) {
    for (TaskQueue queue : queues.all()) {
      int busy = queue.busy();
      if (busy > 0) {
        queue.cap(Math.min(queue.cap(), Math.max(1, (int) (busy * share))));
      }
    }
  }

  /** Lets queues run an eighth more a second, until nothing holds them back. */
  private void recover() {
    long at = System.nanoTime();
    if (at - recoveredNanos < TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS) && !isCalm()) {
      return;
    }
    recoveredNanos = at;
    boolean held = false;
    for (TaskQueue queue : queues.all()) {
      int cap = queue.cap();
      if (cap != Integer.MAX_VALUE) {
        int wider = cap + Math.max(1, cap / 8);
        queue.cap(wider >= queue.limit() ? Integer.MAX_VALUE : wider);
        held |= wider < queue.limit();
      }
    }
    if (!held) {
      narrow(false);
    } else {
      narrow = true;
    }
  }

  private void narrow(boolean wanted) {
    if (narrow != wanted) {
      narrow = wanted;
      queues.all().forEach(queue -> queue.narrow(wanted ? WINDOW_SHARE : 1));
    }
  }

  /** Puts back the younger half of what runs; the eldest goes on whatever it needs. */
  private void putBack() {
    List<LiveRun> young =
        running.atWork().stream()
            .filter(run -> run.startedAt() > 0 && run.stopped() == null)
            .sorted(Comparator.comparingLong(LiveRun::startedAt))
            .toList();
    List<LiveRun> stopped = young.subList(Math.ceilDiv(young.size(), 2), young.size());
    stopped.forEach(run -> run.stop(LiveRun.Stop.MEMORY));
    synchronized (this) {
      putBack += stopped.size();
    }
    if (!stopped.isEmpty()) {
      LOG.warn("{} runs are put back, memory is at its end", stopped.size());
    }
  }

  /** How it stands. */
  synchronized MemoryState state() {
    return new MemoryState(
        on,
        level,
        measuredAt == null ? null : alive,
        measuredAt,
        heap.max(),
        putBack,
        refused.sum(),
        List.copyOf(changes));
  }
}
