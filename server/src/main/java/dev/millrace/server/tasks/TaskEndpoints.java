package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.http.Request;
import dev.millrace.http.schema.Fault;
import dev.millrace.server.tasks.TaskWire.Accepted;
import dev.millrace.server.tasks.TaskWire.AcceptedAll;
import dev.millrace.server.tasks.TaskWire.Changed;
import dev.millrace.server.tasks.TaskWire.FindQuery;
import dev.millrace.server.tasks.TaskWire.LogItem;
import dev.millrace.server.tasks.TaskWire.LogQuery;
import dev.millrace.server.tasks.TaskWire.SubmitTasks;
import dev.millrace.server.tasks.TaskWire.TaskDetail;
import dev.millrace.server.tasks.TaskWire.TaskItem;
import dev.millrace.server.tasks.TaskWire.TaskList;
import dev.millrace.server.tasks.TaskWire.TaskQuery;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.Submission;
import dev.millrace.tasks.Submitted;
import dev.millrace.tasks.SubmittedAll;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskPage;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.Trail;
import java.time.Duration;
import java.util.List;

/** {@code /api/v1/tasks}: submit, look, cancel, run again. Streams are in {@link TaskStreams}. */
public final class TaskEndpoints {
  private static final String TASKS = "/api/v1/tasks";
  private static final String TASK = TASKS + "/{id}";
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Tasks tasks;

  public TaskEndpoints(Tasks tasks) {
    this.tasks = tasks;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(
        submit(),
        submitAll(),
        list(),
        FacetsEndpoint.of(tasks),
        BulkEndpoint.of(tasks),
        types(),
        find(),
        log(),
        cancel(),
        retry(),
        discard(),
        MoveEndpoint.of(tasks),
        delete(),
        SignalEndpoint.of(tasks));
  }

  private Endpoint submit() {
    return Endpoint.post(TASKS)
        .id("submitTask")
        .summary("Submit a task")
        .description(
            "The answer comes when the task is committed: from then on it survives whatever happens"
                + " to the process.")
        .tags("tasks")
        .body(SubmitTask.class, SubmitTask.EXAMPLE)
        .answers(202, Accepted.class, TaskExamples.ACCEPTED)
        .problems(
            TaskProblems.TYPE_UNKNOWN,
            TaskProblems.TENANT_FULL,
            TaskProblems.INPUT_INVALID,
            TaskProblems.OPTION_INVALID,
            TaskProblems.LIMIT,
            TaskProblems.CLOSED)
        .handle(request -> {
          SubmitTask body = request.body();
          Submitted submitted =
              tasks.submitJson(
                  body.type(), body.inputOrEmpty(), body.options(request.traceparent()));
          return Reply.accepted(accepted(submitted));
        });
  }

  static Accepted accepted(Submitted submitted) {
    String id = submitted.id().toString();
    return new Accepted(
        id,
        submitted.state(),
        submitted.duplicate(),
        submitted.position().toString(),
        TASKS + "/" + id);
  }

  private Endpoint submitAll() {
    return Endpoint.post(TASKS + "/bulk")
        .id("submitTasks")
        .summary("Submit up to 10,000 tasks in one commit")
        .description("All are accepted or none.")
        .tags("tasks")
        .body(SubmitTasks.class, new SubmitTasks(List.of(SubmitTask.EXAMPLE)))
        .maxBody(64L << 20)
        .answers(202, AcceptedAll.class, TaskExamples.ACCEPTED_ALL)
        .problems(
            TaskProblems.TYPE_UNKNOWN,
            TaskProblems.TENANT_FULL,
            TaskProblems.INPUT_INVALID,
            TaskProblems.OPTION_INVALID,
            TaskProblems.LIMIT,
            TaskProblems.CLOSED)
        .handle(request -> {
          String traceparent = request.traceparent();
          List<Submission> submissions =
              request.body().tasks().stream().map(task -> task.submission(traceparent)).toList();
          SubmittedAll submitted = tasks.submitAll(submissions);
          return Reply.accepted(
              new AcceptedAll(
                  submitted.ids().stream().map(TaskId::toString).toList(),
                  submitted.position().toString()));
        });
  }

  private Endpoint list() {
    return Endpoint.get(TASKS)
        .id("listTasks")
        .summary("List tasks, newest first")
        .tags("tasks")
        .query(TaskQuery.class)
        .answers(200, TaskList.class, new TaskList(List.of(TaskExamples.ITEM), null, null))
        .problems(TaskProblems.OPTION_INVALID)
        .handle(request -> {
          TaskQuery query = request.query();
          TaskPage page = tasks.list(query.match().filter(), query.limit(), query.cursor());
          return Reply.ok(
              new TaskList(
                  page.items().stream().map(TaskItem::of).toList(),
                  page.next(),
                  page.lookedBackTo()));
        });
  }

  private Endpoint types() {
    return Endpoint.get("/api/v1/task-types")
        .id("listTaskTypes")
        .summary("List the registered task types")
        .tags("tasks")
        .answersPage(String.class, "sample.steps")
        .handle(_ -> Reply.ok(new Page<>(tasks.types(), null)));
  }

  private Endpoint find() {
    return Endpoint.get(TASK)
        .id("findTask")
        .summary("Look at a task")
        .tags("tasks")
        .description(
            "With await, the answer comes when the task is over, or when that time has passed: look"
                + " at its state then, and ask again if it is not over.")
        .path("id", "The task's id.", TaskExamples.ID)
        .query(FindQuery.class)
        .answers(200, TaskDetail.class, TaskExamples.DETAIL)
        .problems(
            TaskProblems.ID_INVALID,
            TaskProblems.NOT_FOUND,
            TaskProblems.OPTION_INVALID,
            TaskProblems.CLOSED)
        .handle(request -> {
          TaskId id = id(request);
          await(request, id);
          return Reply.ok(detail(tasks, id));
        });
  }

  /** Waits as long as the request wants, in pieces, as nobody may wait for the answer any more. */
  private void await(Request<Void, FindQuery> request, TaskId id) throws InterruptedException {
    Duration wait = request.query().await();
    if (wait == null) {
      return;
    }
    if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
      String detail = "await is " + wait + "; use PT0S to " + LONGEST_WAIT + ".";
      throw TaskProblems.OPTION_INVALID.because(
          detail, List.of(new Fault("/await", detail, "task-option-invalid")));
    }
    long until = System.nanoTime() + wait.toNanos();
    long left = wait.toNanos();
    while (left > 0 && !request.cancelled()) {
      if (tasks.await(id, Duration.ofNanos(Math.min(left, LOOK.toNanos()))).isPresent()) {
        return;
      }
      left = until - System.nanoTime();
    }
  }

  private Endpoint delete() {
    return Endpoint.delete(TASK)
        .id("deleteTask")
        .summary("Take a finished task out of history, with all its traces")
        .tags("tasks")
        .path("id", "The task's id.", TaskExamples.ID)
        .answersEmpty(204)
        .problems(TaskProblems.ID_INVALID, TaskProblems.NOT_FOUND, TaskProblems.STATE)
        .handle(request -> {
          tasks.delete(id(request));
          return Reply.noContent();
        });
  }

  static TaskDetail detail(Tasks tasks, TaskId id) {
    TaskView view = tasks.find(id).orElseThrow(() -> notFound(id));
    Trail trail = tasks.trail(id).orElseGet(() -> new Trail(List.of(), List.of(), List.of()));
    return TaskDetail.of(
        view, trail, Family.of(tasks, view), tasks.encrypts(view.type()), tasks.kept(view));
  }

  private Endpoint log() {
    return Endpoint.get(TASK + "/log")
        .id("readTaskLog")
        .summary("Read what a task logged, in order of time")
        .tags("tasks")
        .path("id", "The task's id.", TaskExamples.ID)
        .query(LogQuery.class)
        .answersPage(LogItem.class, TaskExamples.LOG)
        .problems(TaskProblems.ID_INVALID, TaskProblems.NOT_FOUND)
        .handle(request -> {
          TaskId id = id(request);
          List<LogLine> lines = tasks.trail(id).orElseThrow(() -> notFound(id)).log();
          return Reply.ok(LogPages.page(id, lines, request.query()));
        });
  }

  private Endpoint cancel() {
    return Endpoint.post(TASK + "/cancel")
        .id("cancelTask")
        .summary("Cancel a task")
        .description(
            "One that waits is cancelled when this answers; the handler of one that runs is"
                + " interrupted and the state is 'running' until it ends.")
        .tags("tasks")
        .path("id", "The task's id.", TaskExamples.ID)
        .answers(200, Changed.class, TaskExamples.CHANGED)
        .problems(TaskProblems.ID_INVALID, TaskProblems.NOT_FOUND, TaskProblems.STATE)
        .handle(request -> {
          TaskId id = id(request);
          return Reply.ok(new Changed(id.toString(), tasks.cancel(id)));
        });
  }

  private Endpoint retry() {
    return Endpoint.post(TASK + "/retry")
        .id("retryTask")
        .summary("Run a task again")
        .description(
            "A dead or cancelled task is driven again from its last finished step, with new"
                + " attempts; a scheduled or retrying one runs now.")
        .tags("tasks")
        .path("id", "The task's id.", TaskExamples.ID)
        .answers(200, Changed.class, TaskExamples.CHANGED)
        .problems(TaskProblems.ID_INVALID, TaskProblems.NOT_FOUND, TaskProblems.STATE)
        .handle(request -> {
          TaskId id = id(request);
          tasks.retry(id);
          return Reply.ok(
              new Changed(id.toString(), tasks.find(id).orElseThrow(() -> notFound(id)).state()));
        });
  }

  private Endpoint discard() {
    return Endpoint.post(TASK + "/discard")
        .id("discardTask")
        .summary("Give a dead task up")
        .description(
            "It is cancelled, and with it the tasks that wait for its success; it can still be"
                + " run again.")
        .tags("tasks")
        .path("id", "The task's id.", TaskExamples.ID)
        .answers(200, Changed.class, TaskExamples.CHANGED)
        .problems(TaskProblems.ID_INVALID, TaskProblems.NOT_FOUND, TaskProblems.STATE)
        .handle(request -> {
          TaskId id = id(request);
          tasks.discard(id);
          return Reply.ok(new Changed(id.toString(), TaskState.CANCELLED));
        });
  }

  static TaskId id(Request<?, ?> request) {
    return TaskId.parse(request.path("id"));
  }

  static RuntimeException notFound(TaskId id) {
    return TaskProblems.NOT_FOUND.because("There is no task " + id + ".");
  }
}
