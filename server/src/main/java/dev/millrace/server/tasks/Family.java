package dev.millrace.server.tasks;

import dev.millrace.server.tasks.TaskWire.Parent;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.BatchView;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskLinks;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.Workflows;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tasks around a task.
 *
 * @param parent whose child it is; null if nobody's
 * @param links what it waits for, and what waits for it
 * @param children its newest batches
 * @param error the fingerprint of what it is dead of; null if it is not dead
 */
record Family(
    @Nullable Parent parent, TaskLinks links, List<BatchView> children, @Nullable String error) {
  private static final int BATCHES = 20;

  static final Family NONE = new Family(null, new TaskLinks(List.of(), List.of()), List.of(), null);

  static Family of(Tasks tasks, TaskView task) {
    return new Family(
        parent(tasks, task.batch()),
        tasks.links(task.id()),
        tasks.batches().ownedBy(task.id(), BATCHES, null).items(),
        task.state() == TaskState.DEAD ? tasks.errors().of(task.id()).orElse(null) : null);
  }

  private static @Nullable Parent parent(Tasks tasks, @Nullable BatchId id) {
    BatchView batch = id == null ? null : tasks.batches().find(id).orElse(null);
    TaskId owner = batch == null ? null : batch.owner();
    if (batch == null || owner == null) {
      return null;
    }
    Optional<String> type = tasks.find(owner).map(TaskView::type);
    return new Parent(
        owner.toString(),
        type.orElse(null),
        type.filter(Workflows.TYPE::equals).isPresent(),
        batch.name());
  }
}
