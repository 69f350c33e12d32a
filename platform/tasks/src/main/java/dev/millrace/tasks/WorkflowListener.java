package dev.millrace.tasks;

import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;

/**
 * Hears of every step of every run, to write something in the very commit that makes it true: rows,
 * events, tasks. So what it writes is there exactly once, whatever happens to the process.
 *
 * <p>Called by many threads, also for steps that are not made after all because something came
 * between. If it or its work throws, the step is not made: a start is refused, a later step is
 * tried again by the run's own task, whose attempt fails if it throws again; so it throws only for
 * a bug.
 */
@FunctionalInterface
public interface WorkflowListener {
  /** Nothing to write. */
  TxWork<RuntimeException> NOTHING = (Tx _) -> {};

  /**
   * A run is about to make a step. What takes time is done here; the work that is returned runs in
   * the step's commit, on the writer's thread, and may run more than once.
   */
  TxWork<RuntimeException> changing(WorkflowChange change);
}
