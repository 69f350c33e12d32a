package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.apps.crew.plan.PlanException;
import dev.millrace.apps.crew.runs.RunStream;
import dev.millrace.apps.crew.runs.RunSummary;
import dev.millrace.apps.crew.runs.RunView;
import dev.millrace.apps.crew.runs.Runs;
import dev.millrace.apps.crew.runs.StageView;
import dev.millrace.apps.crew.runs.TimelineItem;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.HttpProblems;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.store.Position;
import dev.millrace.tasks.Submitted;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans that are run. */
public final class RunEndpoints {
  private static final String RUNS = "/api/v1/crew/workflows";
  private static final String RUN = RUNS + "/{id}";

  private final Plans plans;
  private final Runs runs;
  private final RunStream stream;

  public RunEndpoints(Plans plans, Runs runs, RunStream stream) {
    this.plans = plans;
    this.runs = runs;
    this.stream = stream;
  }

  public List<Endpoint> all() {
    return List.of(
        start(),
        list(),
        find(),
        stages(),
        timeline(),
        stream(),
        steer("pause", "pauseCrewWorkflow", "Start nothing new; what is at work goes on"),
        steer(
            "resume",
            "resumeCrewWorkflow",
            "Let a paused run go on, or a failed one with what failed"),
        cancel(),
        rollback(),
        sync());
  }

  private Endpoint start() {
    return Endpoint.post(RUNS)
        .id("startCrewWorkflow")
        .tags("crew")
        .summary("Plan a request and run the plan")
        .description(
            "The plan becomes a workflow, whose run is the run of the plan. Each agent's work is"
                + " done by its executor: a person unless the agent or the request says otherwise.")
        .body(RunBodies.Start.class, RunExamples.START)
        .answers(202, RunBodies.Started.class, RunExamples.STARTED)
        .problems(
            CrewProblems.TEMPLATE_NOT_FOUND,
            CrewProblems.WORKSPACE_CLOSED,
            CrewProblems.PROGRAM_NOT_ALLOWED,
            CrewProblems.EXECUTOR_INVALID)
        .handle(request -> {
          RunBodies.Start body = request.body();
          Runs.Order order =
              new Runs.Order(
                  body.request(),
                  plan(body),
                  body.name(),
                  body.project(),
                  body.executors(),
                  body.input(),
                  body.workspace());
          Submitted submitted = RunProblems.told(() -> runs.start(order, request.traceparent()));
          return Reply.accepted(
              new RunBodies.Started(
                  submitted.id().toString(), submitted.position(), RUNS + "/" + submitted.id()));
        });
  }

  private Plan plan(RunBodies.Start body) {
    Plan plan = plans.asked(body.request(), body.template());
    Integer retries = body.gateRetries();
    Plan again = retries == null ? plan : plan.withGateRetries(retries);
    try {
      return again.withProcessGates(body.processGates());
    } catch (PlanException unknown) {
      throw HttpProblems.BODY_INVALID.because(
          "A process gate is for a stage that the plan does not have.", unknown.faults());
    }
  }

  private Endpoint list() {
    return Endpoint.get(RUNS)
        .id("listCrewWorkflows")
        .tags("crew")
        .summary("List runs of plans, or search them, newest first")
        .description(
            "Narrowed by words, project, domain or template, a page may hold less than the limit"
                + " although there is a next one.")
        .query(RunBodies.RunQuery.class)
        .answersPage(RunSummary.class, RunExamples.ITEM)
        .handle(request -> {
          RunBodies.RunQuery query = request.query();
          Runs.Listed page =
              RunProblems.told(
                  () -> runs.list(query.wanted(), query.state(), query.limit(), query.cursor()));
          return Reply.ok(new Page<>(page.items(), page.next()));
        });
  }

  private Endpoint find() {
    return named(Endpoint.get(RUN))
        .id("findCrewWorkflow")
        .summary("Look at a run with its stages, tasks and gates")
        .answers(200, RunView.class, RunExamples.VIEW)
        .handle(request -> Reply.ok(RunProblems.told(() -> runs.view(request.path("id")))));
  }

  private Endpoint stages() {
    return named(Endpoint.get(RUN + "/stages"))
        .id("listCrewStages")
        .summary("List the stages of a run")
        .answersPage(StageView.class, RunExamples.STAGE)
        .handle(request ->
            Reply.ok(new Page<>(RunProblems.told(() -> runs.stages(request.path("id"))), null)));
  }

  private Endpoint timeline() {
    return named(Endpoint.get(RUN + "/timeline"))
        .id("crewTimeline")
        .summary("List when stages and tasks of a run were at work, for a chart")
        .answersPage(TimelineItem.class, RunExamples.BAR)
        .handle(request ->
            Reply.ok(new Page<>(RunProblems.told(() -> runs.timeline(request.path("id"))), null)));
  }

  private Endpoint stream() {
    return named(Endpoint.get(RUN + "/stream"))
        .id("streamCrewWorkflow")
        .summary("Follow a run")
        .answersStream(
            "`run` at the start and whenever the run has changed; each event of the run under its"
                + " type, with its place in the journal as the id. After Last-Event-ID none is"
                + " missed that the journal still keeps.",
            "id: 8f14e45fceea167a-1042.0\nevent: task.started\ndata:"
                + " {\"at\":\"2026-11-22T02:30:00Z\",\"type\":\"task.started\",\"data\":{…}}\n\n")
        .handle(request -> {
          String id = request.path("id");
          // A wrong id is answered as a problem, not as a stream.
          RunProblems.told(() -> runs.stages(id));
          Optional<String> last = request.lastEventId();
          return Reply.stream(out -> stream.follow(id, last, out));
        });
  }

  private Endpoint steer(String verb, String id, String summary) {
    return named(Endpoint.post(RUN + "/" + verb))
        .id(id)
        .summary(summary)
        .answers(202, RunBodies.Told.class, RunExamples.TOLD)
        .problems(CrewProblems.WORKFLOW_STATE)
        .handle(request -> {
          String run = request.path("id");
          Position position =
              RunProblems.told(() -> verb.equals("pause") ? runs.pause(run) : runs.resume(run));
          return Reply.accepted(new RunBodies.Told(position));
        });
  }

  private Endpoint cancel() {
    return named(Endpoint.post(RUN + "/cancel"))
        .id("cancelCrewWorkflow")
        .summary("Cancel a run; its programs are ended")
        .answers(200, RunView.class, RunExamples.VIEW)
        .problems(CrewProblems.WORKFLOW_STATE)
        .handle(request -> {
          String id = request.path("id");
          return Reply.ok(
              RunProblems.told(() -> {
                runs.cancel(id);
                return runs.view(id);
              }));
        });
  }

  private Endpoint rollback() {
    return Endpoint.post(RUN + "/rollback")
        .id("rollBackCrewWorkflow")
        .tags("crew")
        .path("id", "Id of the run.", RunExamples.ID)
        .summary("Begin again with a stage; what comes behind it is done anew too")
        .description("Up to five times. A failed or cancelled run goes on with that stage.")
        .body(RunBodies.AtStage.class, new RunBodies.AtStage("implementation"))
        .answers(202, RunBodies.Told.class, RunExamples.TOLD)
        .problems(
            CrewProblems.WORKFLOW_NOT_FOUND,
            CrewProblems.STAGE_NOT_FOUND,
            CrewProblems.WORKFLOW_STATE,
            CrewProblems.RECOVERIES_USED_UP)
        .handle(request -> {
          String id = request.path("id");
          String stage = request.body().stage();
          return Reply.accepted(
              new RunBodies.Told(RunProblems.told(() -> runs.rollback(id, stage))));
        });
  }

  private Endpoint sync() {
    return Endpoint.post(RUN + "/sync/{syncId}")
        .id("answerCrewSync")
        .tags("crew")
        .path("id", "Id of the run.", RunExamples.ID)
        .path(
            "syncId",
            "Id of the sync point, which is its stage's name; of a stage with a process gate also"
                + " while it is at work.",
            "implementation")
        .summary("Hand in metrics for a sync point or a stage at work, or say yes or no")
        .body(RunBodies.SyncAnswer.class, RunExamples.SYNC)
        .answers(202, RunBodies.Told.class, RunExamples.TOLD)
        .problems(
            CrewProblems.WORKFLOW_NOT_FOUND,
            CrewProblems.STAGE_NOT_FOUND,
            CrewProblems.WORKFLOW_STATE,
            CrewProblems.ANSWER_INVALID)
        .handle(request -> {
          RunBodies.SyncAnswer body = request.body();
          String id = request.path("id");
          String stage = request.path("syncId");
          Boolean approved = body.approved();
          Map<String, Object> metrics = body.values();
          if ((approved == null) == (metrics == null)) {
            throw CrewProblems.ANSWER_INVALID.because(
                "Neither metrics nor approved can be used, or both were given.");
          }
          Position position =
              RunProblems.told(() ->
                  metrics != null
                      ? runs.metrics(id, stage, metrics)
                      : runs.approve(
                          id, stage, Boolean.TRUE.equals(approved), body.by(), body.comment()));
          return Reply.accepted(new RunBodies.Told(position));
        });
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint
        .tags("crew")
        .path("id", "Id of the run.", RunExamples.ID)
        .problems(CrewProblems.WORKFLOW_NOT_FOUND);
  }
}
