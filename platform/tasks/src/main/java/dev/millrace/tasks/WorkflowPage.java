package dev.millrace.tasks;

import dev.millrace.tasks.workflow.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of runs.
 *
 * @param next cursor of the following page; null at the end
 */
public record WorkflowPage(List<Item> items, @Nullable String next) {

  /** A run in a list. */
  public record Item(
      TaskId id,
      String name,
      int version,
      Status status,
      Instant startedAt,
      @Nullable Instant finishedAt) {}
}
