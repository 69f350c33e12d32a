package dev.millrace.tasks.testing;

/** When the tasks of a test run. */
public enum TestMode {
  /**
   * At once: the call that submits a task returns when it has run, on the same thread. Moving time
   * runs what comes due.
   */
  INLINE,

  /** When the test says so by {@code runNext} or {@code drain}. Moving time only makes ready. */
  MANUAL,

  /** When the test moves time, each task at its own moment and all in their order. */
  TIME_TRAVEL
}
