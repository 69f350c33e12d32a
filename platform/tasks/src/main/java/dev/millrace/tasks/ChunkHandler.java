package dev.millrace.tasks;

/**
 * What many tasks of a type do together. One instance serves all chunks of its type at once, so it
 * is thread-safe.
 *
 * <p>As with a {@link TaskHandler}, a task may come again: after a crash of the process, and after
 * a failure, each time with others.
 */
@FunctionalInterface
public interface ChunkHandler<I, O> {
  /**
   * Runs the tasks of a chunk once. Those that it has not settled have succeeded without a result
   * when it returns.
   *
   * @throws Exception to fail the attempts of all that it has not settled; {@link FatalFailure} to
   *     fail these tasks for good
   */
  void run(Chunk<I, O> chunk) throws Exception;
}
