package dev.millrace.tasks;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the keys of tasks, strictly ascending. Nearly all are drawn on the writer's thread, inside
 * transactions, so that the order of keys is the order of commits; only those of runs of workflows
 * and of their batches are drawn just before their commit, because inputs may name them.
 * Thread-safe.
 *
 * <p>The time never goes back: a clock that does, and more than 1,024 tasks in a millisecond, take
 * from the milliseconds to come.
 */
final class IdSequence {
  private static final long STEP = 1L << TaskId.NODE_BITS;

  private final AtomicLong last = new AtomicLong();

  /** Continues behind {@code greatest}, the greatest key in the database, 0 if there is none. */
  void continueBehind(long greatest) {
    long _ = last.accumulateAndGet(greatest, Math::max);
  }

  /** The next key. */
  long next(long nowMillis) {
    long least = nowMillis << (TaskId.COUNTER_BITS + TaskId.NODE_BITS);
    return last.accumulateAndGet(least, (before, now) -> Math.max(before + STEP, now));
  }
}
