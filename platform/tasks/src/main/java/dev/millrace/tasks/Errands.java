package dev.millrace.tasks;

import dev.millrace.store.StoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs beside the slots: reads ahead, notes, purges, trials, each on a virtual thread, and the
 * clock that starts them later. Whoever closes this waits for those at work, so that none of them
 * meets a closed store. Thread-safe.
 */
class Errands {
  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

  /** Discards what is scheduled after its end, because handlers that do not end still try to. */
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1,
          work -> Thread.ofPlatform().daemon().name("tasks-timer").unstarted(work),
          new ThreadPoolExecutor.DiscardPolicy());

  /** Guarded by this, as is closed. */
  private final Set<Thread> atWork = new HashSet<>();

  private boolean closed;

  /** A piece of work that ends when it is interrupted or the store is closed. */
  interface Errand {
    void run() throws InterruptedException;
  }

  Errands() {
    clock.setRemoveOnCancelPolicy(true);
  }

  /** Starts {@code errand}; answers its thread, which does not start any more once closed. */
  Thread start(String name, Errand errand) {
    Thread thread = Thread.ofVirtual().name(name).unstarted(() -> run(errand));
    synchronized (this) {
      if (!closed) {
        atWork.add(thread);
        thread.start();
      }
    }
    return thread;
  }

  final void run(Errand errand) {
    String name = Thread.currentThread().getName();
    try {
      errand.run();
    } catch (InterruptedException _) {
      LOG.debug("{} was stopped", name);
    } catch (StoreException failure) {
      if (failure.reason() == StoreException.Reason.CLOSED) {
        LOG.debug("{} ends, the store is closed", name);
      } else {
        LOG.error("{} failed", name, failure);
      }
    } catch (RuntimeException failure) {
      LOG.error("{} failed; this is a bug", name, failure);
    } finally {
      synchronized (this) {
        atWork.remove(Thread.currentThread());
        notifyAll();
      }
    }
  }

  void startIn(long millis, String name, Errand errand) {
    Future<?> _ = clock.schedule(() -> start(name, errand), millis, TimeUnit.MILLISECONDS);
  }

  void startEvery(long firstSeconds, long seconds, String name, Errand errand) {
    Future<?> _ =
        clock.scheduleWithFixedDelay(
            () -> start(name, errand), firstSeconds, seconds, TimeUnit.SECONDS);
  }

  /** Runs {@code alarm}, which takes no time, after {@code delay}; can be cancelled. */
  Future<?> alarm(Duration delay, Runnable alarm) {
    return clock.schedule(alarm, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Interrupts what is at work and waits for its end, unless the caller is interrupted. */
  synchronized void close() {
    closed = true;
    clock.shutdownNow();
    atWork.forEach(Thread::interrupt);
    try {
      while (!atWork.isEmpty()) {
        wait();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
