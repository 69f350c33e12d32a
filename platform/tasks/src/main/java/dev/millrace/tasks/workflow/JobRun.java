package dev.millrace.tasks.workflow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task of a workflow's run, or the tasks of all items. Immutable.
 *
 * @param batch the batch that counts its tasks; null before it began
 * @param fallback whether the fallback runs or ran
 * @param output its result, of all items a list; null before its success
 * @param error why it failed or was left out
 */
public record JobRun(
    Status status,
    @Nullable String batch,
    boolean fallback,
    @Nullable JsonNode output,
    @Nullable String error,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {
  static final JobRun WAITING = new JobRun(Status.WAITING, null, false, null, null, null, null);

  /** The same with another result. */
  public JobRun withOutput(@Nullable JsonNode other) {
    return new JobRun(status, batch, fallback, other, error, startedAt, endedAt);
  }

  /** The same while something holds its tasks up. */
  public JobRun heldUp() {
    return new JobRun(Status.WAITING, batch, fallback, output, error, startedAt, endedAt);
  }

  JobRun started(String batch, boolean fallback, Instant now) {
    return new JobRun(
        Status.RUNNING, batch, fallback, null, error, startedAt == null ? now : startedAt, null);
  }

  JobRun succeeded(@Nullable JsonNode result, Instant now) {
    return new JobRun(Status.SUCCEEDED, batch, fallback, result, error, startedAt, now);
  }

  JobRun ended(Status status, @Nullable String why, Instant now) {
    return new JobRun(status, batch, fallback, output, why, startedAt, now);
  }
}
