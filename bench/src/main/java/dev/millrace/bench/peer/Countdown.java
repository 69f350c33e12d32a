package dev.millrace.bench.peer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Counts the bodies that have run, for peers that make the task's object themselves and can be
 * handed nothing. One drain at a time.
 */
public final class Countdown {
  private static volatile CountDownLatch left = new CountDownLatch(0);

  private Countdown() {}

  static void begin(int count) {
    left = new CountDownLatch(count);
  }

  static void ran() {
    left.countDown();
  }

  static Duration await(long startNanos, Duration limit)
      throws InterruptedException, TimeoutException {
    if (!left.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException(left.getCount() + " tasks had not run after " + limit);
    }
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
