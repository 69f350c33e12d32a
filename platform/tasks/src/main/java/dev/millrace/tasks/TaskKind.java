package dev.millrace.tasks;

/** What a handler spends its time on; decides on which threads it runs. */
public enum TaskKind {
  /** Mostly waits for the network, the disk or a child process: a virtual thread a run. */
  IO,
  /** Mostly computes: a work-stealing pool with one thread a core. */
  CPU
}
