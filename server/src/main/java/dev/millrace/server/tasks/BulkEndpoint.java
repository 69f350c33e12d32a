package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Json;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Fault;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.Tasks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/tasks/actions}: the same to many tasks, by a task. */
final class BulkEndpoint {
  private BulkEndpoint() {}

  /** What to do, and to which tasks. */
  public record TaskAction(
      @Doc(
              "cancel: give up what is not over; retry: run again what is dead or was cancelled,"
                  + " and now what waits for its time; redrive: run again what is dead; discard:"
                  + " give up what is dead; delete: take out of history what is over.")
          BulkVerb action,
      @Doc("The tasks. Not together with filter.") @Nullable @Size(min = 1, max = 10_000)
          List<String> ids,
      @Doc(
              "All that match, of the tasks that are there now; an empty object matches all. Not"
                  + " together with ids.")
          @Nullable TaskMatch filter) {}

  private static final TaskAction EXAMPLE =
      new TaskAction(
          BulkVerb.REDRIVE,
          null,
          new TaskMatch(
              List.of(TaskState.DEAD),
              null,
              "sample.fail",
              null,
              null,
              null,
              null,
              null,
              null,
              null));

  static Endpoint of(Tasks tasks) {
    return Endpoint.post("/api/v1/tasks/actions")
        .id("actOnTasks")
        .summary("Cancel, retry, re-drive, discard or delete many tasks")
        .description(
            "Done by a task of type "
                + BulkRun.TYPE
                + ", whose id this answers: follow or cancel it like any other. Its result says how"
                + " many tasks were changed, and how many skipped because their state did not ask"
                + " for it any more.")
        .tags("tasks")
        .body(TaskAction.class, EXAMPLE)
        .answers(202, TaskWire.Accepted.class, TaskExamples.ACCEPTED)
        .problems(TaskProblems.OPTION_INVALID, TaskProblems.ID_INVALID, TaskProblems.CLOSED)
        .handle(request -> {
          TaskAction action = request.body();
          check(action);
          return Reply.accepted(
              TaskEndpoints.accepted(
                  tasks.submitJson(
                      BulkRun.TYPE,
                      Json.mapper().valueToTree(input(action)),
                      options(action, request.traceparent()))));
        });
  }

  private static void check(TaskAction action) {
    if ((action.ids == null) == (action.filter == null)) {
      String detail = "Give either ids or filter, not " + (action.ids == null ? "none" : "both");
      throw TaskProblems.OPTION_INVALID.because(
          detail + ".", List.of(new Fault(action.ids == null ? "" : "/filter", detail, "choice")));
    }
    if (action.ids != null) {
      action.ids.forEach(TaskId::parse);
    }
  }

  private static BulkInput input(TaskAction action) {
    TaskMatch match = action.filter;
    return new BulkInput(
        action.action.word(),
        action.ids,
        match == null ? null : BulkInput.Matching.of(match.filter()));
  }

  private static SubmitOptions options(TaskAction action, String traceparent) {
    return SubmitOptions.defaults().withTags(action.action.word()).withTraceparent(traceparent);
  }
}
