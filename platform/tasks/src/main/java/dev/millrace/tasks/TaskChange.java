package dev.millrace.tasks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The news of a task, for live pages: where it stands now.
 *
 * @param error of the attempt that just failed
 * @param key what it is about, see {@link SubmitOptions#key}
 * @param batch the batch it is counted in
 */
public record TaskChange(
    TaskId id,
    String type,
    String queue,
    TaskState state,
    int attempt,
    Instant at,
    List<String> tags,
    @Nullable Progress progress,
    @Nullable String error,
    @Nullable String tenant,
    @Nullable String key,
    @Nullable BatchId batch) {

  static TaskChange of(
      TaskRow row,
      TaskState state,
      int attempt,
      Instant at,
      List<String> tags,
      @Nullable Progress progress,
      @Nullable String error) {
    return new TaskChange(
        row.id(),
        row.type(),
        row.queue(),
        state,
        attempt,
        at,
        tags,
        progress,
        error,
        row.tenant(),
        row.subject(),
        row.batch() == 0 ? null : new BatchId(row.batch()));
  }
}
