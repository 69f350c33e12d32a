package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.upkeep.CleanupInput;
import dev.millrace.apps.draft.upkeep.CleanupOutput;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import java.time.Duration;

/** The endpoint that cleans up. Thread-safe. */
public final class CleanupEndpoint {
  private final Tasks tasks;
  private final TaskType<CleanupInput, CleanupOutput> type;

  public CleanupEndpoint(Tasks tasks, TaskType<CleanupInput, CleanupOutput> type) {
    this.tasks = tasks;
    this.type = type;
  }

  /** The one there is. */
  public Endpoint endpoint() {
    return Endpoint.post("/api/v1/draft/cleanup")
        .id("cleanUpDrafts")
        .tags("draft")
        .summary("Remove what has been kept long enough, or tell what that would be")
        .description(
            "The same runs by the schedule `draft.cleanup`. Drafts that are at work, that somebody"
                + " downloads or has changed since stay; so do those that no recipe made.")
        .body(CleanupBody.class, new CleanupBody(Duration.ofDays(30), null, null, null, true))
        .answers(
            202,
            CleanupView.class,
            new CleanupView(Examples.TASK, "/api/v1/tasks/" + Examples.TASK))
        .handle(request -> {
          CleanupBody body = request.body();
          String id =
              tasks
                  .submit(
                      type,
                      new CleanupInput(
                          body.drafts(),
                          body.downloads(),
                          body.records(),
                          body.cache(),
                          body.dryRun()),
                      SubmitOptions.defaults()
                          .withTags("draft-cleanup")
                          .withTraceparent(request.traceparent()))
                  .id()
                  .toString();
          return Reply.accepted(new CleanupView(id, "/api/v1/tasks/" + id))
              .header("Location", "/api/v1/tasks/" + id);
        });
  }
}
