package dev.millrace.server.tasks;

import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bulk action was asked for, as its task remembers it. Immutable.
 *
 * @param action the word of a {@link BulkVerb}
 * @param ids of the tasks that were picked; null where {@code filter} says which
 * @param filter which tasks, of those that were there when the action was asked for
 */
record BulkInput(String action, @Nullable List<String> ids, @Nullable Matching filter) {
  BulkInput {
    BulkVerb.parse(action);
    if ((ids == null) == (filter == null)) {
      throw new IllegalArgumentException("give either ids or filter");
    }
  }

  BulkVerb verb() {
    return BulkVerb.parse(action);
  }

  /** A filter without its nulls' meaning lost: left out is any. */
  record Matching(
      @Nullable List<TaskState> state,
      @Nullable String queue,
      @Nullable String type,
      @Nullable String tag,
      @Nullable String text,
      @Nullable String tenant,
      @Nullable String key,
      @Nullable BatchId batch,
      @Nullable String input) {
    static Matching of(TaskFilter filter) {
      return new Matching(
          List.copyOf(filter.states()),
          filter.queue(),
          filter.type(),
          filter.tag(),
          filter.text(),
          filter.tenant(),
          filter.key(),
          filter.batch(),
          filter.input());
    }

    TaskFilter filter() {
      return new TaskFilter(
          state == null ? Set.of() : Set.copyOf(state),
          queue,
          type,
          tag,
          text,
          tenant,
          key,
          batch,
          input);
    }
  }
}
