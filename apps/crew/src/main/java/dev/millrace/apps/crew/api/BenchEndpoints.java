package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.bench.Bench;
import dev.millrace.apps.crew.bench.BenchInput;
import dev.millrace.apps.crew.bench.BenchResult;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import java.util.List;

/** How fast plans are made. */
public final class BenchEndpoints {
  private static final String BENCH = "/api/v1/crew/bench";

  private final Bench bench;
  private final Plans plans;
  private final Tasks tasks;
  private final TaskType<BenchInput, BenchResult> type;

  public BenchEndpoints(
      Bench bench, Plans plans, Tasks tasks, TaskType<BenchInput, BenchResult> type) {
    this.bench = bench;
    this.plans = plans;
    this.tasks = tasks;
    this.type = type;
  }

  public List<Endpoint> all() {
    return List.of(start(), list());
  }

  private Endpoint start() {
    return Endpoint.post(BENCH)
        .id("startCrewBench")
        .tags("crew")
        .summary("Measure how fast plans are made, as a task")
        .description("One at a time. Nothing is run and nothing recorded but the result.")
        .body(BenchInput.class, new BenchInput(1_000, 10, null))
        .answers(202, DecisionBodies.Accepted.class, Examples.ACCEPTED)
        .problems(CrewProblems.TEMPLATE_NOT_FOUND)
        .handle(request -> {
          BenchInput input = request.body();
          // A template that is not there is told at once.
          plans.plan("x", input.template());
          TaskId task =
              tasks
                  .submit(
                      type,
                      input,
                      SubmitOptions.defaults()
                          .withTags("crew")
                          .withTraceparent(request.traceparent()))
                  .id();
          return Reply.accepted(
              new DecisionBodies.Accepted(task.toString(), "/api/v1/tasks/" + task));
        });
  }

  private Endpoint list() {
    return Endpoint.get(BENCH)
        .id("listCrewBenches")
        .tags("crew")
        .summary("List how fast plans were made, newest first; the newest 100 are kept")
        .answersPage(BenchResult.class, Examples.BENCH)
        .handle(_ -> Reply.ok(new Page<>(bench.newest(), null)));
  }
}
