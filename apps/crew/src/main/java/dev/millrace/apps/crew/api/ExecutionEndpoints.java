package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.executions.Execution;
import dev.millrace.apps.crew.executions.Executions;
import dev.millrace.apps.crew.executions.NewExecution;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import java.util.List;
import java.util.Optional;

/** The record of executions. */
public final class ExecutionEndpoints {
  private static final String EXECUTIONS = "/api/v1/crew/executions";

  private final Executions executions;

  public ExecutionEndpoints(Executions executions) {
    this.executions = executions;
  }

  public List<Endpoint> all() {
    return List.of(record(), list(), find());
  }

  private Endpoint record() {
    return Endpoint.post(EXECUTIONS)
        .id("recordExecution")
        .tags("crew")
        .summary("Record how a piece of work went")
        .description(
            "Counts for the agents that took part, and for the estimates of such requests.")
        .body(NewExecution.class, Examples.NEW_EXECUTION)
        .answers(201, Execution.class, Examples.EXECUTION)
        .handle(request -> {
          Execution execution = executions.record(request.body());
          return Reply.created(EXECUTIONS + "/" + execution.id(), execution);
        });
  }

  private Endpoint list() {
    return Endpoint.get(EXECUTIONS)
        .id("listExecutions")
        .tags("crew")
        .summary("List executions, newest first")
        .query(ListQuery.class)
        .answersPage(Execution.class, Examples.EXECUTION)
        .handle(request -> {
          Cursor<ListQuery.Key> cursor = Cursor.of("executions", "", ListQuery.Key.class);
          ListQuery.Key key = cursor.decode(request.query().cursor());
          int limit = request.query().limit();
          List<Execution> rows =
              executions.page(key == null ? Long.MAX_VALUE : key.id(), limit + 1);
          List<Execution> page = rows.subList(0, Math.min(limit, rows.size()));
          String next =
              rows.size() > limit ? cursor.encode(new ListQuery.Key(page.getLast().id())) : null;
          return Reply.ok(new Page<>(page, next));
        });
  }

  private Endpoint find() {
    return Endpoint.get(EXECUTIONS + "/{id}")
        .id("findExecution")
        .tags("crew")
        .path("id", "Id of the execution.", "7")
        .summary("Look at an execution")
        .answers(200, Execution.class, Examples.EXECUTION)
        .problems(CrewProblems.EXECUTION_NOT_FOUND)
        .handle(request -> {
          String id = request.path("id");
          Optional<Execution> execution =
              id.matches("[0-9]{1,18}") ? executions.find(Long.parseLong(id)) : Optional.empty();
          return Reply.ok(
              execution.orElseThrow(() ->
                  CrewProblems.EXECUTION_NOT_FOUND.because("There is no execution '" + id + "'.")));
        });
  }
}
