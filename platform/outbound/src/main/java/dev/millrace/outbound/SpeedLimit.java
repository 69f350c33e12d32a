package dev.millrace.outbound;

import java.util.concurrent.TimeUnit;

/**
 * Spreads the bytes of all downloads over time. Thread-safe; costs one volatile read while there is
 * no limit.
 */
final class SpeedLimit {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Sleeps are cut into such pieces, so that watchdogs learn that somebody is there. */
  private static final long PIECE = TimeUnit.MILLISECONDS.toNanos(250);

  private volatile long bytesPerSecond;

  /** When the bytes taken so far are paid for, on {@link System#nanoTime}. Guarded by this. */
  private long paidAt = System.nanoTime();

  long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** 0 lifts it. */
  void set(long limit) {
    synchronized (this) {
      bytesPerSecond = limit;
      paidAt = System.nanoTime();
    }
  }

  /** Returns when {@code bytes} more may pass; tells {@code alive} now and then until then. */
  void take(int bytes, Runnable alive) throws InterruptedException {
    if (bytesPerSecond == 0) {
      return;
    }
    long until = book(bytes);
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      if (bytesPerSecond == 0) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, PIECE));
      alive.run();
    }
  }

  private synchronized long book(int bytes) {
    long limit = bytesPerSecond;
    long now = System.nanoTime();
    if (limit == 0) {
      return now;
    }
    // What was not used for a tenth of a second may be caught up with; more would be a burst.
    paidAt = Math.max(paidAt, now - SECOND / 10) + (long) ((double) bytes * SECOND / limit);
    return paidAt;
  }
}
