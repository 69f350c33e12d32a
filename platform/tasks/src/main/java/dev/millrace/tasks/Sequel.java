package dev.millrace.tasks;

import dev.millrace.store.Tx;

/** What follows from a task's success, thought out beforehand, in the commit that ends the task. */
@FunctionalInterface
interface Sequel {
  /**
   * Does it, on the writer's thread; maybe more than once, because transactions are run again.
   *
   * @return false if things have changed since it was thought out: then nothing was done, and the
   *     batch of the task is counted and whoever waits for it released as ever
   */
  boolean follow(Tx tx, TaskCommit commit);
}
