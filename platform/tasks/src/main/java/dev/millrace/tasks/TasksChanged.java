package dev.millrace.tasks;

import dev.millrace.store.journal.EventType;
import java.util.List;
import java.util.Map;

/**
 * The event of a commit that changed tasks: which ones are in which state now. That a task runs is
 * no commit and so no event; see {@link Tasks#watch(TaskFilter)}.
 */
public record TasksChanged(Map<TaskState, List<TaskId>> tasks) {
  /** In the journal. */
  public static final EventType<TasksChanged> TYPE =
      EventType.of("tasks.changed", 1, TasksChanged.class);
}
