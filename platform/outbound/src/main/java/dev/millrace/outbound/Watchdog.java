package dev.millrace.outbound;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts requests that take too long. Sockets know only the pause between two bytes; a server that
 * drips its head a byte at a time would hold us for ever. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  Watchdog() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("outbound-watchdog").factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs {@code cut} on the watchdog's thread when {@code limit} passes without {@link
   * Alarm#activity}, or at {@code deadline}.
   *
   * @param deadline on {@link System#nanoTime}
   */
  Alarm arm(Duration limit, FailureReason reason, long deadline, Runnable cut) {
    return new Alarm(timer, limit, reason, deadline, cut);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
