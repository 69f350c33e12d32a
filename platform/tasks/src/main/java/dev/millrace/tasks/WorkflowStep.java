package dev.millrace.tasks;

import dev.millrace.store.TxWork;
import dev.millrace.tasks.workflow.Book;
import dev.millrace.tasks.workflow.Decision;
import dev.millrace.tasks.workflow.Status;
import java.util.List;
import java.util.Set;

/**
 * A step of a run that was decided and waits for its commit; all that takes time was done.
 * Immutable.
 *
 * @param run the key of the run
 * @param book what the run has come to, with the ids of all batches
 * @param json the book as it is stored
 * @param begins the batches that begin
 * @param alone the batches of one task that the run waits for
 * @param told what listeners write
 */
record WorkflowStep(
    long run,
    WorkflowDriver.Order order,
    Decision decision,
    Book book,
    String json,
    List<Begin> begins,
    Set<Long> alone,
    List<TxWork<RuntimeException>> told) {

  /** Tasks that begin. */
  record Begin(long batch, String name, List<Draft> drafts) {}

  /** Whether such a decision may be kept in the commit that ends one of the run's tasks. */
  static boolean isPassing(Decision decision) {
    Status status = decision.status();
    return (status == Status.RUNNING || status == Status.SUCCEEDED)
        && decision.book().failure() == null
        && decision.wakeAt() == null
        && decision.cancels().isEmpty();
  }

  boolean isPassing() {
    return isPassing(decision);
  }

  Status status() {
    return decision.status();
  }
}
