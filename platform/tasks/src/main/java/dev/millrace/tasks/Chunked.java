package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/**
 * The handler of a type whose tasks are handled many in a call: {@link Chunks} sees it, and never
 * calls it as one of a single task.
 */
record Chunked<I, O>(Chunking chunking, ChunkHandler<I, O> handler) implements TaskHandler<I, O> {
  @Override
  public @Nullable O run(Run run, I input) {
    throw new IllegalStateException(
        "task " + run.id() + " is handled in a chunk, and not alone; this is a bug");
  }
}
