package dev.millrace.outbound;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time limit of one request. Activity only notes the time; the timer looks whether the limit
 * has passed and, if not, comes back when it could have. Thread-safe.
 */
final class Alarm {
  private final ScheduledExecutorService timer;
  private final long deadline;
  private final Runnable cut;
  private volatile long lastActivity = System.nanoTime();
  private volatile @Nullable FailureReason rung;
  private long limit;
  private FailureReason reason;
  private boolean disarmed;
  private @Nullable ScheduledFuture<?> next;

  Alarm(
      ScheduledExecutorService timer,
      Duration limit,
      FailureReason reason,
      long deadline,
      Runnable cut) {
    this.timer = timer;
    this.deadline = deadline;
    this.cut = cut;
    this.limit = limit.toNanos();
    this.reason = reason;
    look();
  }

  /** Something came; the limit starts anew. */
  void activity() {
    lastActivity = System.nanoTime();
  }

  /** Another phase begins, with another limit. */
  synchronized void phase(Duration newLimit, FailureReason newReason) {
    activity();
    limit = newLimit.toNanos();
    reason = newReason;
    if (next != null) {
      next.cancel(false);
    }
    look();
  }

  /** The limit that passed, if one did. */
  Optional<FailureReason> rung() {
    return Optional.ofNullable(rung);
  }

  synchronized void disarm() {
    disarmed = true;
    if (next != null) {
      next.cancel(false);
    }
  }

  private synchronized void look() {
    if (disarmed || rung != null) {
      return;
    }
    long now = System.nanoTime();
    long quietLeft = limit - (now - lastActivity);
    long totalLeft = deadline - now;
    if (quietLeft <= 0 || totalLeft <= 0) {
      rung = totalLeft <= 0 ? FailureReason.TIMEOUT : reason;
      cut.run();
      return;
    }
    try {
      next = timer.schedule(this::look, Math.min(quietLeft, totalLeft), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      rung = FailureReason.CANCELLED;
      cut.run();
    }
  }
}
