package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.runs.LogLine;
import dev.millrace.apps.crew.runs.RunLog;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened in runs. */
public final class LogEndpoints {
  private final RunLog log;

  public LogEndpoints(RunLog log) {
    this.log = log;
  }

  public List<Endpoint> all() {
    return List.of(find());
  }

  private Endpoint find() {
    return Endpoint.get("/api/v1/crew/log")
        .id("searchCrewLog")
        .tags("crew")
        .summary("List what happened in runs, or search it, newest first")
        .description(
            "Lines are kept as long as the history of their runs. Searched by words, a page may"
                + " hold less than the limit although there is a next one.")
        .query(RunBodies.LogQuery.class)
        .answersPage(LogLine.class, RunExamples.LINE)
        .handle(request -> {
          RunBodies.LogQuery query = request.query();
          Cursor<ListQuery.Key> cursors =
              Cursor.of(
                  "crew-log",
                  query.q() + " " + query.workflow() + " " + query.type(),
                  ListQuery.Key.class);
          ListQuery.Key from = cursors.decode(query.cursor());
          TaskId run = run(query.workflow());
          if (run == null && query.workflow() != null) {
            return Reply.ok(new Page<>(List.of(), null));
          }
          RunLog.Page page =
              log.find(
                  new RunLog.Wanted(given(query.q()), run, given(query.type())),
                  from == null ? Long.MAX_VALUE : from.id(),
                  query.limit());
          Long last = page.last();
          return Reply.ok(
              new Page<>(
                  page.items(), last == null ? null : cursors.encode(new ListQuery.Key(last))));
        });
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static @Nullable TaskId run(@Nullable String text) {
    try {
      return text == null ? null : TaskId.parse(text);
    } catch (TaskException none) {
      return null;
    }
  }
}
