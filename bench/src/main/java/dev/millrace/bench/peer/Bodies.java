package dev.millrace.bench.peer;

import dev.millrace.bench.StartTimes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where the bodies of peers' tasks report, for peers that make the task's object themselves and can
 * be handed nothing. One measurement at a time.
 */
final class Bodies {
  private static volatile CountDownLatch left = new CountDownLatch(0);
  private static volatile @Nullable StartTimes times;

  private Bodies() {}

  static void count(int bodies) {
    left = new CountDownLatch(bodies);
  }

  static void time(StartTimes startTimes) {
    times = startTimes;
  }

  /** Called first by every body. */
  static void starts(long number) {
    StartTimes measured = times;
    if (measured != null) {
      measured.bodyStarts((int) number);
    }
    left.countDown();
  }

  static Duration await(long startNanos, Duration limit)
      throws InterruptedException, TimeoutException {
    if (!left.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException(left.getCount() + " tasks had not run after " + limit);
    }
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  static void reset() {
    times = null;
  }
}
