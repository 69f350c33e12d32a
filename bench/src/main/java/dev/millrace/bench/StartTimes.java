package dev.millrace.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Submits numbered tasks at a fixed rate and notes how long each takes from the call of submit to
 * the first instruction of its body. Thread-safe for the bodies; one thread submits.
 */
public final class StartTimes {
  private final int count;
  private final long[] submitted;
  private final AtomicLongArray started;
  private final CountDownLatch left;

  public StartTimes(int count) {
    this.count = count;
    this.submitted = new long[count];
    this.started = new AtomicLongArray(count);
    this.left = new CountDownLatch(count);
  }

  /** Submits the task of this number and returns when that is committed. */
  @FunctionalInterface
  public interface Submit {
    void number(int number) throws Exception;
  }

  /** Called first by the body of task {@code number}. */
  public void bodyStarts(int number) {
    if (started.compareAndSet(number, 0, System.nanoTime())) {
      left.countDown();
    }
  }

  /**
   * Submits all and waits until all have started.
   *
   * @return the times in ms
   */
  public Samples measure(int perSecond, Duration limit, Submit submit) throws Exception {
    long first = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = first + i * 1_000_000_000L / perSecond;
      for (long wait; (wait = due - System.nanoTime()) > 0; ) {
        LockSupport.parkNanos(wait);
      }
      submitted[i] = System.nanoTime();
      submit.number(i);
    }
    if (!left.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException(left.getCount() + " tasks had not started after " + limit);
    }
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      millis[i] = (started.get(i) - submitted[i]) / 1e6;
    }
    return Samples.of(millis);
  }
}
