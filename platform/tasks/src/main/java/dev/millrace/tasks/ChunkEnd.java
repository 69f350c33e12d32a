package dev.millrace.tasks;

import dev.millrace.store.Tx;
import java.util.List;

/** What is committed together with the ends of a chunk's tasks. */
@FunctionalInterface
public interface ChunkEnd<I, O> {
  /**
   * Writes it; as any work of a transaction it may be run again.
   *
   * @param succeeded the tasks that succeed with this commit, one at least: none that has failed,
   *     was discarded or was cancelled meanwhile
   * @throws Exception to commit nothing, and to fail those that would have succeeded
   */
  void run(Tx tx, List<ChunkTask<I, O>> succeeded) throws Exception;
}
