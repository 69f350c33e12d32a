package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Json;
import dev.millrace.http.Page;
import dev.millrace.http.ProblemType;
import dev.millrace.http.Reply;
import dev.millrace.http.Request;
import dev.millrace.server.tasks.ErrorWire.ErrorDetail;
import dev.millrace.server.tasks.ErrorWire.ErrorItem;
import dev.millrace.server.tasks.ErrorWire.ErrorQuery;
import dev.millrace.tasks.ErrorFilter;
import dev.millrace.tasks.ErrorGroup;
import dev.millrace.tasks.ErrorPage;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.Tasks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/errors}: what goes wrong in tasks, by kind. */
public final class ErrorEndpoints {
  private static final String ERRORS = "/api/v1/errors";
  private static final String ERROR = ERRORS + "/{fingerprint}";
  private static final int PUSHED = 50;

  private static final ProblemType NOT_FOUND =
      new ProblemType(
          "error-not-found",
          404,
          "There is no such group of errors",
          "Use a fingerprint that GET /api/v1/errors lists; groups of which no task is dead leave"
              + " with history.");

  private final Tasks tasks;

  public ErrorEndpoints(Tasks tasks) {
    this.tasks = tasks;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(
        list(),
        find(),
        act(BulkVerb.REDRIVE, "retry", "retryErrors", "Run all tasks again that are dead of this"),
        act(BulkVerb.DISCARD, "discard", "discardErrors", "Give all tasks up that are dead of it"));
  }

  private Endpoint list() {
    return Endpoint.get(ERRORS)
        .id("listErrors")
        .summary("List groups of errors, the one seen last first")
        .description(
            "Failures of one kind are one group: same exceptions, same messages but for numbers,"
                + " ids and quoted texts, same place in the user's own code. The counts change in"
                + " the commits that write the failures.")
        .tags("errors")
        .query(ErrorQuery.class)
        .answersPage(ErrorItem.class, ErrorWire.ITEM)
        .handle(request -> {
          ErrorQuery query = request.query();
          return Reply.ok(page(query.filter(), query.limit(), query.cursor()));
        });
  }

  private Page<ErrorItem> page(ErrorFilter filter, int limit, @Nullable String cursor) {
    ErrorPage page = tasks.errors().list(filter, limit, cursor);
    return new Page<>(page.items().stream().map(ErrorItem::of).toList(), page.next());
  }

  /** The groups that were seen last, as a page. */
  public Object now() {
    return page(ErrorFilter.all(), PUSHED, null);
  }

  private Endpoint find() {
    return Endpoint.get(ERROR)
        .id("findError")
        .summary("Look at a group of errors")
        .tags("errors")
        .path("fingerprint", "The group's fingerprint.", ErrorWire.FINGERPRINT)
        .answers(200, ErrorDetail.class, ErrorWire.DETAIL)
        .problems(NOT_FOUND)
        .handle(request -> Reply.ok(ErrorDetail.of(group(request))));
  }

  private ErrorGroup group(Request<?, ?> request) {
    String fingerprint = request.path("fingerprint");
    return tasks
        .errors()
        .find(fingerprint)
        .orElseThrow(() -> NOT_FOUND.because("There is no group of errors '" + fingerprint + "'."));
  }

  private Endpoint act(BulkVerb verb, String path, String operation, String summary) {
    return Endpoint.post(ERROR + "/" + path)
        .id(operation)
        .summary(summary)
        .description(
            "Done by a task of type "
                + BulkRun.TYPE
                + ", whose id this answers, as for many tasks.")
        .tags("errors")
        .path("fingerprint", "The group's fingerprint.", ErrorWire.FINGERPRINT)
        .answers(202, TaskWire.Accepted.class, TaskExamples.ACCEPTED)
        .problems(NOT_FOUND, TaskProblems.CLOSED)
        .handle(request -> {
          TaskFilter dead =
              TaskFilter.all()
                  .withStates(TaskState.DEAD)
                  .withTag(ErrorGroup.tag(group(request).fingerprint()));
          BulkInput input = new BulkInput(verb.word(), null, BulkInput.Matching.of(dead));
          return Reply.accepted(
              TaskEndpoints.accepted(
                  tasks.submitJson(
                      BulkRun.TYPE,
                      Json.mapper().valueToTree(input),
                      SubmitOptions.defaults()
                          .withTags(verb.word())
                          .withTraceparent(request.traceparent()))));
        });
  }
}
