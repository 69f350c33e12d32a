package dev.millrace.tasks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A work-stealing pool of platform threads that can tell what each of them does. Thread-safe.
 *
 * <p>Jobs come in from outside, each to the next worker's own queue; a job that comes from a worker
 * goes to the queue of that one. A worker without jobs takes the oldest of the longest queue. Jobs
 * are whole tasks and fork nothing, so a worker takes the oldest of its own too: none waits while
 * later ones run.
 *
 * <p>No wake-up is lost: a job is counted after it is queued, and a worker counts itself as idle
 * before it looks at that count for the last time. Locks: those of the queues and that of idle
 * workers; none is taken while another one is held.
 */
final class CpuPool {
  private static final Logger LOG = LoggerFactory.getLogger(CpuPool.class);
  private static final long WINDOW_NANOS = 5_000_000_000L;

  private final List<Worker> workers;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final AtomicInteger idle = new AtomicInteger();
  private volatile boolean closed;

  CpuPool(int size) {
    var made = new ArrayList<Worker>();
    for (int i = 0; i < size; i++) {
      made.add(new Worker(i));
    }
    workers = List.copyOf(made);
    workers.forEach(Thread::start);
  }

  /** Whether the caller runs on a worker of a pool. */
  static boolean isHere() {
    return Thread.currentThread() instanceof Worker;
  }

  /** Has a worker run {@code job}; does nothing once closed. */
  void submit(Runnable job) {
    Worker to =
        Thread.currentThread() instanceof Worker own && own.pool() == this
            ? own
            : workers.get(Math.floorMod(next.getAndIncrement(), workers.size()));
    to.add(job);
    waiting.incrementAndGet();
    if (idle.get() > 0) {
      lock.lock();
      try {
        work.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether jobs wait for a worker. */
  boolean hasWaiting() {
    return waiting.get() > 0;
  }

  /** The worker that calls this starts a task. */
  static void begin() {
    if (Thread.currentThread() instanceof Worker worker) {
      worker.startTask();
    }
  }

  /** The worker that calls this is through with its task. */
  static void end() {
    if (Thread.currentThread() instanceof Worker worker) {
      worker.endTask();
    }
  }

  PoolView view() {
    List<WorkerView> views = workers.stream().map(Worker::view).toList();
    return new PoolView(
        "cpu",
        workers.size(),
        (int) workers.stream().filter(Worker::isAtWork).count(),
        views.stream().mapToLong(WorkerView::started).sum(),
        views);
  }

  /** Interrupts what runs; what waits is not run. */
  void close() {
    closed = true;
    lock.lock();
    try {
      work.signalAll();
    } finally {
      lock.unlock();
    }
    workers.forEach(Thread::interrupt);
  }

  private @Nullable Runnable take(Worker worker) {
    Runnable job = worker.poll();
    while (job == null && waiting.get() > 0) {
      Worker longest = worker;
      for (Worker other : workers) {
        longest = other.depth() > longest.depth() ? other : longest;
      }
      if (longest == worker) {
        break;
      }
      job = longest.poll();
      if (job != null) {
        worker.stole();
      }
    }
    if (job != null) {
      waiting.decrementAndGet();
    }
    return job;
  }

  private void awaitWork() throws InterruptedException {
    lock.lock();
    try {
      idle.incrementAndGet();
      try {
        while (waiting.get() <= 0 && !closed) {
          work.await();
        }
      } finally {
        idle.decrementAndGet();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A thread with its queue and its figures, which are guarded by the worker's monitor. */
  private final class Worker extends Thread {
    private final int number;
    private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
    private long busy;
    private long since;
    private long started;
    private long steals;

    /** The looks that the share of time is told from: the one before and the last one. */
    private long[] before = {System.nanoTime(), 0};

    private long[] last = before;

    Worker(int number) {
      super("tasks-cpu-" + number);
      this.number = number;
      setDaemon(true);
    }

    CpuPool pool() {
      return CpuPool.this;
    }

    @Override
    public void run() {
      while (!closed) {
        try {
          Runnable job = take(this);
          if (job != null) {
            job.run();
          } else {
            awaitWork();
          }
        } catch (InterruptedException _) {
          LOG.debug("{} was interrupted", getName());
        } catch (Throwable bug) {
          LOG.error("a job of {} failed; this is a bug", getName(), bug);
        }
      }
    }

    synchronized void add(Runnable job) {
      jobs.addLast(job);
    }

    synchronized @Nullable Runnable poll() {
      return jobs.pollFirst();
    }

    synchronized int depth() {
      return jobs.size();
    }

    synchronized void stole() {
      steals++;
    }

    synchronized void startTask() {
      since = System.nanoTime();
      started++;
    }

    synchronized void endTask() {
      busy += System.nanoTime() - since;
      since = 0;
    }

    synchronized boolean isAtWork() {
      return since != 0;
    }

    synchronized WorkerView view() {
      long now = System.nanoTime();
      long all = busy + (since == 0 ? 0 : now - since);
      if (now - last[0] >= WINDOW_NANOS) {
        before = last;
        last = new long[] {now, all};
      }
      double share = (double) (all - before[1]) / Math.max(1, now - before[0]);
      return new WorkerView(
          number, Math.clamp(share, 0, 1), Duration.ofNanos(all), started, steals, jobs.size());
    }
  }
}
