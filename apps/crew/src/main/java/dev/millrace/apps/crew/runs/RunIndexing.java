package dev.millrace.apps.crew.runs;

import dev.millrace.tasks.Run;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.WorkflowPage;
import dev.millrace.tasks.WorkflowRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes runs searchable that were started before there was a search: once for a database, as a task
 * that the first look at runs submits. Thread-safe.
 */
final class RunIndexing {
  private static final int PAGE = 200;
  private static final String KEY = "crew-index-runs";

  /** Nothing is said; the task knows what to do. */
  record Input() {}

  /** How many runs were looked at. */
  record Report(long runs) {}

  private final Tasks tasks;
  private final RunRequests requests;
  private final Predicate<WorkflowRun> ours;
  private final TaskType<Input, Report> type;
  private volatile boolean seenTo;

  RunIndexing(Tasks tasks, RunRequests requests, Predicate<WorkflowRun> ours) {
    this.tasks = tasks;
    this.requests = requests;
    this.ours = ours;
    type = TaskType.io("crew.index-runs", Input.class, Report.class, this::index).withQueue("crew");
  }

  TaskType<Input, Report> type() {
    return type;
  }

  /** Has it done, if it was not; a database without runs has nothing to be done. */
  void ensure() {
    if (seenTo) {
      return;
    }
    if (!requests.isComplete()) {
      if (page(1, null).items().isEmpty()) {
        requests.complete();
      } else {
        var _ =
            tasks.submit(
                type, new Input(), SubmitOptions.defaults().withTags("crew").withUniqueKey(KEY));
      }
    }
    seenTo = true;
  }

  private WorkflowPage page(int limit, @Nullable String cursor) {
    return tasks.workflows().list(Runs.PREFIX + "*", null, limit, cursor);
  }

  private Report index(Run run, Input input) {
    long looked = 0;
    String cursor = null;
    do {
      WorkflowPage page = page(PAGE, cursor);
      Map<TaskId, JsonNode> found = new LinkedHashMap<>();
      for (WorkflowPage.Item item : page.items()) {
        tasks
            .workflows()
            .find(item.id())
            .filter(ours)
            .ifPresent(each -> found.put(each.id(), each.input()));
      }
      // A run that is known already is left as it is.
      requests.addAll(found);
      looked += page.items().size();
      run.progress(looked, looked, looked + " runs");
      cursor = page.next();
    } while (cursor != null);
    run.finish(RunRequests::markComplete);
    return new Report(looked);
  }
}
