package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/**
 * What a task does. One instance serves all runs of its type at once, so it is thread-safe.
 *
 * <p>A run may be repeated: after a crash of the process, and after a failure. Work that must not
 * be repeated belongs into {@link Run#step} or {@link Run#finish}.
 */
@FunctionalInterface
public interface TaskHandler<I, O> {
  /**
   * Runs the task once.
   *
   * @return the result, kept with the task; null if there is none
   * @throws Exception to fail this attempt; {@link FatalFailure} to fail the task for good
   */
  @Nullable O run(Run run, I input) throws Exception;
}
