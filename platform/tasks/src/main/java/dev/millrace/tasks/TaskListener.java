package dev.millrace.tasks;

/**
 * Is called in this process after each end of a run that is committed: see {@link Tasks#listen}.
 * What happens here is no part of that commit, and is lost if the process ends before; what must
 * not be lost belongs into {@link Run#finish}, a web hook, or a follower of the journal.
 */
@FunctionalInterface
public interface TaskListener {
  /**
   * A task has succeeded, is dead or cancelled, or an attempt has failed and is followed by
   * another. Called by one thread, in the order of commits; what it throws is logged.
   *
   * @param end its state is succeeded, dead, cancelled or retrying
   */
  void ended(TaskChange end) throws Exception;

  /**
   * Some ends are not told, because the listener was so slow that 100,000 of them waited for it.
   *
   * @param count how many
   */
  default void missed(long count) {}
}
