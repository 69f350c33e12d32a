package dev.millrace.outbound;

import java.time.Duration;

/**
 * The time that a request may take in all. Confined to one thread.
 *
 * <p>A download's budget leaves out the wait for its turn: the last of a thousand files would
 * otherwise be late before it began. A web request's does not: its caller wants an answer in time.
 */
final class TimeBudget {
  private final boolean countsQueue;
  private long deadline;

  private TimeBudget(Duration limit, boolean countsQueue) {
    this.countsQueue = countsQueue;
    deadline = System.nanoTime() + limit.toNanos();
  }

  /** Of time spent on the work itself, its pauses included. */
  static TimeBudget ofWork(Duration limit) {
    return new TimeBudget(limit, false);
  }

  /** Of time that passes. */
  static TimeBudget ofTime(Duration limit) {
    return new TimeBudget(limit, true);
  }

  /** How long one may queue, in nanoseconds. */
  long queueLimit() {
    return countsQueue ? Math.max(0, deadline - System.nanoTime()) : Long.MAX_VALUE;
  }

  /** Notes time spent in a queue. */
  void queued(long nanos) {
    if (!countsQueue) {
      deadline += nanos;
    }
  }

  /** On {@link System#nanoTime}. */
  long deadline() {
    return deadline;
  }

  /** Whether a pause of this length would be the end of it. */
  boolean isOverAfter(Duration pause) {
    return System.nanoTime() + pause.toNanos() - deadline >= 0;
  }
}
