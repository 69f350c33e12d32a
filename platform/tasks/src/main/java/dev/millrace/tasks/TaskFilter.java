package dev.millrace.tasks;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks; null and empty mean any. Immutable.
 *
 * @param states any of these
 * @param tag one of the task's tags
 * @param text the beginning or end of the id, or a part of type, tag, unique key or last error;
 *     upper and lower case are the same
 */
public record TaskFilter(
    Set<TaskState> states,
    @Nullable String queue,
    @Nullable String type,
    @Nullable String tag,
    @Nullable String text) {
  private static final TaskFilter ALL = new TaskFilter(Set.of(), null, null, null, null);

  public TaskFilter {
    states = Set.copyOf(states);
  }

  /** Every task. */
  public static TaskFilter all() {
    return ALL;
  }

  public TaskFilter withStates(TaskState... states) {
    return new TaskFilter(Set.of(states), queue, type, tag, text);
  }

  public TaskFilter withQueue(@Nullable String queue) {
    return new TaskFilter(states, queue, type, tag, text);
  }

  public TaskFilter withType(@Nullable String type) {
    return new TaskFilter(states, queue, type, tag, text);
  }

  public TaskFilter withTag(@Nullable String tag) {
    return new TaskFilter(states, queue, type, tag, text);
  }

  public TaskFilter withText(@Nullable String text) {
    return new TaskFilter(states, queue, type, tag, text);
  }
}
