package dev.millrace.server.tasks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.BatchCallbacks;
import dev.millrace.tasks.BatchView;
import dev.millrace.tasks.Submission;
import dev.millrace.tasks.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches as they are on the wire. */
final class BatchWire {
  private BatchWire() {}

  /** A batch to submit. */
  public record SubmitBatch(
      @Doc("For people.") @Size(min = 1, max = 100) String name,
      @Doc("Its tasks; all are accepted or none. None are needed if it stays open.")
          @Default("[]")
          @Size(max = 10_000)
          List<SubmitTask> tasks,
      @Doc("Submitted when it is closed and every task has succeeded.")
          @Nullable SubmitTask onSuccess,
      @Doc("Submitted when the first task is dead.") @Nullable SubmitTask onFailure,
      @Doc("Submitted when it is closed and every task over.") @Nullable SubmitTask onComplete,
      @Doc("Whether more tasks will be added; then it is not over before it is closed.")
          @Default("false")
          boolean open) {
    BatchCallbacks callbacks(String traceparent) {
      return new BatchCallbacks(
          submission(onSuccess, traceparent),
          submission(onFailure, traceparent),
          submission(onComplete, traceparent));
    }

    private static @Nullable Submission submission(@Nullable SubmitTask task, String traceparent) {
      return task == null ? null : task.submission(traceparent);
    }
  }

  /** Which batches a list shows. */
  public record BatchQuery(
      @Doc("Only those of the children of this task; without it, those that are nobody's.")
          @Nullable
          @Size(max = 40)
          String owner,
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 200) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {}

  /** Which tasks of a batch. */
  public record MemberQuery(
      @Doc("In any of these states.") @Default("[]") List<TaskState> state,
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 200) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {}

  /** A batch with its counts. */
  public record BatchItem(
      String id,
      String name,
      @Doc("The task whose children these are.") @Nullable String owner,
      @Doc("Whether no more tasks are added.") boolean closed,
      @Doc("Whether it was cancelled.") boolean cancelling,
      @Doc("Tasks that were added.") long total,
      @Doc("Those that are not over.") long open,
      long succeeded,
      @Doc("One that is driven again is open again.") long dead,
      long cancelled,
      Instant createdAt,
      @Doc("When it was closed and its last task over.") @Nullable Instant finishedAt) {
    static BatchItem of(BatchView view) {
      return new BatchItem(
          view.id().toString(),
          view.name(),
          view.owner() == null ? null : view.owner().toString(),
          view.closed(),
          view.cancelling(),
          view.total(),
          view.open(),
          view.succeeded(),
          view.dead(),
          view.cancelled(),
          view.createdAt(),
          view.finishedAt());
    }
  }

  /** A batch with what it will still submit by itself. */
  public record BatchDetail(
      @JsonUnwrapped BatchItem batch,
      @Doc("The type that follows when all have succeeded; null if none, or it was submitted.")
          @Nullable String onSuccess,
      @Doc("The type that follows the first dead task.") @Nullable String onFailure,
      @Doc("The type that follows when all are over.") @Nullable String onComplete) {
    static BatchDetail of(BatchView view, BatchCallbacks callbacks) {
      return new BatchDetail(
          BatchItem.of(view),
          type(callbacks.onSuccess()),
          type(callbacks.onFailure()),
          type(callbacks.onComplete()));
    }

    private static @Nullable String type(@Nullable Submission callback) {
      return callback == null ? null : callback.type();
    }
  }
}
