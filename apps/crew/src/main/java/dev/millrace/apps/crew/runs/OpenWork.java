package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.work.Answer;
import dev.millrace.apps.crew.work.Work;
import dev.millrace.apps.crew.work.WorkTypes;
import dev.millrace.http.Json;
import dev.millrace.store.Position;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskPage;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Work that waits for people. Thread-safe. */
public final class OpenWork {
  private static final String WAITS = "signal " + WorkTypes.ANSWER;

  private final Tasks tasks;

  public OpenWork(Tasks tasks) {
    this.tasks = tasks;
  }

  /** A page of it. */
  public record Listed(List<WorkItem> items, @Nullable String next) {}

  /**
   * Work that waits, newest first.
   *
   * @param workflow only that of a run; null for all
   */
  public Listed list(@Nullable String workflow, int limit, @Nullable String cursor) {
    TaskFilter filter = TaskFilter.all().withType(WorkTypes.PERSON).withStates(TaskState.WAITING);
    TaskPage page = tasks.list(filter, limit, cursor);
    List<WorkItem> items =
        page.items().stream()
            .flatMap(each -> tasks.find(each.id()).flatMap(OpenWork::item).stream())
            .filter(item -> workflow == null || item.work().workflow().equals(workflow))
            .toList();
    return new Listed(items, page.next());
  }

  private static Optional<WorkItem> item(TaskView task) {
    if (task.input() == null || !WAITS.equals(task.waitsFor())) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkItem(
            task.id().toString(),
            Json.mapper().treeToValue(task.input(), Work.class),
            task.createdAt(),
            task.runAt()));
  }

  /**
   * Answers for the agent whose work waits.
   *
   * @return the commit in which the answer stands; nothing if there is no such work
   * @throws RunException if it does not wait any more
   */
  public Optional<Position> answer(String id, Answer answer) {
    TaskView task = find(id).orElse(null);
    if (task == null || !task.type().equals(WorkTypes.PERSON)) {
      return Optional.empty();
    }
    if (task.state() != TaskState.WAITING || !WAITS.equals(task.waitsFor())) {
      throw new RunException(
          RunException.Reason.STATE,
          "the work " + id + " is " + task.state().word() + " and waits for no answer");
    }
    return Optional.of(
        tasks.signal(task.id(), WorkTypes.ANSWER, Json.mapper().valueToTree(answer)));
  }

  private Optional<TaskView> find(String id) {
    try {
      return tasks.find(TaskId.parse(id));
    } catch (TaskException none) {
      return Optional.empty();
    }
  }
}
