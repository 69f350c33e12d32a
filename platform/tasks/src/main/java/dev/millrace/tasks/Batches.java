package dev.millrace.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are counted together: how many are over and how, and what follows when all are.
 * Nothing is counted on request, and the counts change in the commits that change the tasks.
 * Thread-safe.
 */
public interface Batches {
  /**
   * Submits up to 10,000 tasks as a batch that is closed at once, all in one commit.
   *
   * @param name for people, 1 to 100 characters
   */
  BatchView submit(String name, BatchCallbacks callbacks, List<Submission> tasks);

  /** Opens a batch to which tasks are added bit by bit. It is not over before it is closed. */
  BatchView open(String name, BatchCallbacks callbacks);

  /**
   * Adds up to 10,000 tasks in one commit: all or none.
   *
   * @throws TaskException if there is no such batch, or it is closed or cancelled
   */
  SubmittedAll add(BatchId id, List<Submission> tasks);

  /** Adds no more; does nothing if it is closed already. */
  BatchView close(BatchId id);

  /**
   * Closes the batch and cancels its tasks that are not over, page by page in the background; a
   * crash does not stop that.
   */
  BatchView cancel(BatchId id);

  /** The batch with its counts. */
  Optional<BatchView> find(BatchId id);

  /**
   * Batches that nobody owns, newest first.
   *
   * @param limit 1 to 200
   * @param cursor {@link BatchPage#next} of the page before; null for the first
   */
  BatchPage list(int limit, @Nullable String cursor);

  /** The batches of a task's children, newest first; otherwise as {@link #list}. */
  BatchPage ownedBy(TaskId owner, int limit, @Nullable String cursor);

  /** What the batch will still submit by itself: a callback that was made is left out. */
  BatchCallbacks callbacks(BatchId id);

  /**
   * Waits until the batch is over.
   *
   * @return the finished batch, or nothing after {@code timeout}
   * @throws TaskException if there is no such batch
   */
  Optional<BatchView> await(BatchId id, Duration timeout) throws InterruptedException;
}
