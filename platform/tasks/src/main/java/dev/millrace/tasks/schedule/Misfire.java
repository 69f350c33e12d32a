package dev.millrace.tasks.schedule;

/** What becomes of times that passed by more than a minute while nothing could be started. */
public enum Misfire {
  /** They are left out. */
  SKIP,
  /** One run stands for all of them. */
  ONCE,
  /** Each is made up for, up to 1,000 in a row. */
  ALL
}
