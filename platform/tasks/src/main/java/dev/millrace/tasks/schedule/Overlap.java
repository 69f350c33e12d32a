package dev.millrace.tasks.schedule;

/** What happens when a time comes and the run of the time before is not over. */
public enum Overlap {
  /** The new one is left out. */
  SKIP,
  /** The new one waits for the end of the one before, whatever that end is; up to 100 wait. */
  QUEUE,
  /** Both run. */
  ALLOW
}
