package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.executions.Execution;
import dev.millrace.apps.crew.executions.ExecutionSummary;
import dev.millrace.apps.crew.executions.Executions;
import dev.millrace.apps.crew.executions.NewExecution;
import dev.millrace.apps.crew.executions.TimeSummary;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** The record of executions. */
public final class ExecutionEndpoints {
  private static final String EXECUTIONS = "/api/v1/crew/executions";

  private final Executions executions;

  private final Plans plans;
  private final InstantSource clock;

  /**
   * @param plans knows how long plans took
   */
  public ExecutionEndpoints(Executions executions, Plans plans, InstantSource clock) {
    this.executions = executions;
    this.plans = plans;
    this.clock = clock;
  }

  public List<Endpoint> all() {
    return List.of(record(), list(), summary(), times(), find(), rate());
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

  private Endpoint summary() {
    return Endpoint.get(EXECUTIONS + "/summary")
        .id("summarizeExecutions")
        .tags("crew")
        .summary("Count executions by agent, template, domain and day")
        .query(ExecutionBodies.SummaryQuery.class)
        .answers(200, ExecutionSummary.class, Examples.EXECUTION_SUMMARY)
        .handle(request ->
            Reply.ok(
                executions.summary(
                    clock.instant().minus(Duration.ofDays(request.query().days())))));
  }

  private Endpoint times() {
    return Endpoint.get(EXECUTIONS + "/times")
        .id("crewTimes")
        .tags("crew")
        .summary("Percentiles of how long plans, stages and the work of agents took")
        .description("Those of plans are of this process since its start.")
        .query(ExecutionBodies.SummaryQuery.class)
        .answers(200, TimeSummary.class, Examples.TIMES)
        .noEtag()
        .handle(request ->
            Reply.ok(
                executions.times(
                    clock.instant().minus(Duration.ofDays(request.query().days())),
                    plans.times().times())));
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
          return Reply.ok(known(id, executions::find));
        });
  }

  private Endpoint rate() {
    return Endpoint.put(EXECUTIONS + "/{id}/rating")
        .id("rateExecution")
        .tags("crew")
        .path("id", "Id of the execution.", "7")
        .summary("Say how content you are with how it went")
        .body(ExecutionBodies.Rating.class, Examples.RATING)
        .answers(200, Execution.class, Examples.EXECUTION)
        .problems(CrewProblems.EXECUTION_NOT_FOUND)
        .handle(request -> {
          int satisfaction = request.body().satisfaction();
          return Reply.ok(known(request.path("id"), id -> executions.rate(id, satisfaction)));
        });
  }

  private static Execution known(String id, LongFunction<Optional<Execution>> look) {
    Optional<Execution> found =
        id.matches("[0-9]{1,18}") ? look.apply(Long.parseLong(id)) : Optional.empty();
    return found.orElseThrow(
        () -> CrewProblems.EXECUTION_NOT_FOUND.because("There is no execution '" + id + "'."));
  }
}
