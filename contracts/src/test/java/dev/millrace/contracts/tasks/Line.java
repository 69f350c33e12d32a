package dev.millrace.contracts.tasks;

/** What a process says to the test that kills it, a line each. */
enum Line {
  /** Tasks are started. */
  READY,
  /** {@code ACK <kind> <id>}: a submission was acknowledged. */
  ACK,
  /** {@code SIGNAL <id>}: a signal to that task was acknowledged. */
  SIGNAL,
  /** {@code BODY <id>}: a handler was called. */
  BODY,
  /** {@code STEP <id> <name>}: the work of a step was done. */
  STEP,
  /** Nothing is unfinished any more. */
  IDLE
}
