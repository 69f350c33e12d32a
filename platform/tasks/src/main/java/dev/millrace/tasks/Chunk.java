package dev.millrace.tasks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Some tasks of a type that are handled in one call. Thread-safe. */
public interface Chunk<I, O> {
  /** The tasks, in the order in which they were taken from their queue; one at least. */
  List<ChunkTask<I, O>> tasks();

  /** When the time limit ends this call. */
  Optional<Instant> deadline();

  /**
   * Whether the handler should end as soon as it can: all its tasks were cancelled, its time is
   * over, or the server stops. The thread is interrupted as well.
   */
  boolean cancelled();

  /**
   * Commits {@code work} together with the ends of all tasks of this chunk: all or nothing, once.
   * Called at most once; the work runs after the handler returned, if a task has succeeded. If it
   * throws, those that have succeeded fail with that.
   */
  void finish(ChunkEnd<I, O> work);
}
