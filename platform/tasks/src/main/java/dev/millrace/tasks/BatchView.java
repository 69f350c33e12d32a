package dev.millrace.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch as people see it: tasks that are counted together.
 *
 * @param owner the task whose children these are; null if nobody's
 * @param closed whether no more tasks are added
 * @param cancelling whether it was cancelled; then nothing more is added
 * @param total tasks that were added
 * @param open those that are not over
 * @param succeeded those that succeeded
 * @param dead those that are dead; one that is driven again is open again
 * @param cancelled those that were cancelled
 * @param finishedAt when it was closed and its last task over; null before
 */
public record BatchView(
    BatchId id,
    String name,
    @Nullable TaskId owner,
    boolean closed,
    boolean cancelling,
    long total,
    long open,
    long succeeded,
    long dead,
    long cancelled,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  /** Whether it is closed and every task over. */
  public boolean finished() {
    return finishedAt != null;
  }
}
