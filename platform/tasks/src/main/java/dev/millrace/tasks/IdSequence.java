package dev.millrace.tasks;

/**
 * Makes the keys of tasks, strictly ascending. Used on the writer's thread only, inside
 * transactions, so that the order of keys is the order of commits.
 *
 * <p>The time never goes back: a clock that does, and more than 1,024 tasks in a millisecond, take
 * from the milliseconds to come.
 */
final class IdSequence {
  private static final long STEP = 1L << TaskId.NODE_BITS;

  private long last;

  /** Continues behind {@code greatest}, the greatest key in the database, 0 if there is none. */
  void continueBehind(long greatest) {
    last = Math.max(last, greatest);
  }

  /** The next key. */
  long next(long nowMillis) {
    last = Math.max(last + STEP, nowMillis << (TaskId.COUNTER_BITS + TaskId.NODE_BITS));
    return last;
  }
}
