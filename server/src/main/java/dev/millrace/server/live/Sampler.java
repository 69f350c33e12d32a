package dev.millrace.server.live;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.server.live.Overview.ProcessFigures;
import dev.millrace.server.live.Overview.Rates;
import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.tasks.QueueView;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.Tasks;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an {@link Overview} once a second and keeps the last two minutes, so that a page that is
 * opened has a past to show. Thread-safe.
 */
public final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int KEPT = 120;

  private final Tasks tasks;
  private final Store store;
  private final Path file;
  private final InstantSource clock;
  private final LongSupplier ticker;
  private final IntSupplier approvals;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taken = lock.newCondition();

  // Guarded by lock.
  private final ArrayDeque<Overview> kept = new ArrayDeque<>();
  private long number;

  // Confined to the sampling thread.
  private @Nullable Totals before;
  private int known;

  /** Counts that only grow, but for the purge of history. */
  private record Totals(long nanos, long submitted, long succeeded, long failed) {}

  /**
   * @param file the database's file, whose size is shown
   * @param approvals how many sync points wait
   */
  public Sampler(
      Tasks tasks,
      Store store,
      Path file,
      InstantSource clock,
      LongSupplier ticker,
      IntSupplier approvals) {
    this.tasks = tasks;
    this.store = store;
    this.file = file;
    this.clock = clock;
    this.ticker = ticker;
    this.approvals = approvals;
    this.thread = Thread.ofVirtual().name("live-sampler").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Overview overview = sample();
        lock.lock();
        try {
          kept.add(overview);
          if (kept.size() > KEPT) {
            kept.remove();
          }
          number++;
          taken.signalAll();
        } finally {
          lock.unlock();
        }
        TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Overview sample() {
    Map<String, Long> counts = new TreeMap<>();
    long all = 0;
    for (QueueView queue : tasks.queues()) {
      for (Map.Entry<TaskState, Long> count : queue.counts().entrySet()) {
        counts.merge(count.getKey().word(), count.getValue(), Long::sum);
        all += count.getValue();
      }
    }
    long succeeded = counts.getOrDefault(TaskState.SUCCEEDED.word(), 0L);
    long failed =
        counts.getOrDefault(TaskState.DEAD.word(), 0L)
            + counts.getOrDefault(TaskState.RETRYING.word(), 0L);
    Totals now = new Totals(ticker.getAsLong(), all, succeeded, failed);
    Rates rates = rates(now);
    before = now;
    return new Overview(
        clock.instant(),
        store.position().toString(),
        rates,
        counts.getOrDefault(TaskState.RUNNING.word(), 0L),
        counts,
        approvals(),
        process());
  }

  /** How many wait; as many as before while the database cannot be read. */
  private int approvals() {
    try {
      known = approvals.getAsInt();
    } catch (StoreException unreadable) {
      LOG.debug("the sync points that wait could not be read", unreadable);
    }
    return known;
  }

  private Rates rates(Totals now) {
    Totals then = before;
    if (then == null || now.nanos == then.nanos) {
      return new Rates(0, 0, 0);
    }
    double seconds = (now.nanos - then.nanos) / 1e9;
    return new Rates(
        Math.max(0, now.submitted - then.submitted) / seconds,
        Math.max(0, now.succeeded - then.succeeded) / seconds,
        Math.max(0, now.failed - then.failed) / seconds);
  }

  private ProcessFigures process() {
    Runtime runtime = Runtime.getRuntime();
    double cpu =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? Math.max(0, system.getProcessCpuLoad())
            : 0;
    return new ProcessFigures(
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        cpu,
        file.toFile().length(),
        file.resolveSibling(file.getFileName() + "-wal").toFile().length());
  }

  /** Samples and how many there have been in all. */
  record Taken(List<Overview> samples, long number) {}

  /** What is kept, oldest first. */
  Taken past() {
    lock.lock();
    try {
      return new Taken(List.copyOf(kept), number);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for samples after {@code seen}; none after {@code timeout}. */
  Taken after(long seen, Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (number == seen && left > 0) {
        left = taken.awaitNanos(left);
      }
      int fresh = (int) Math.min(number - seen, kept.size());
      return new Taken(kept.stream().skip(kept.size() - (long) fresh).toList(), number);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(); // What it reads is closed next.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
