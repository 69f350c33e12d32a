package dev.millrace.server.workflows;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.ProblemType;
import dev.millrace.http.Reply;
import dev.millrace.http.Request;
import dev.millrace.http.schema.Fault;
import dev.millrace.server.tasks.TaskProblems;
import dev.millrace.server.workflows.WorkflowWire.AtStage;
import dev.millrace.server.workflows.WorkflowWire.Definition;
import dev.millrace.server.workflows.WorkflowWire.Fork;
import dev.millrace.server.workflows.WorkflowWire.RunDetail;
import dev.millrace.server.workflows.WorkflowWire.RunItem;
import dev.millrace.server.workflows.WorkflowWire.RunQuery;
import dev.millrace.server.workflows.WorkflowWire.StartRun;
import dev.millrace.server.workflows.WorkflowWire.Started;
import dev.millrace.server.workflows.WorkflowWire.SyncAnswer;
import dev.millrace.server.workflows.WorkflowWire.SyncItem;
import dev.millrace.server.workflows.WorkflowWire.Told;
import dev.millrace.server.workflows.WorkflowWire.VersionQuery;
import dev.millrace.server.workflows.WorkflowWire.WaitingItem;
import dev.millrace.store.Position;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.Submitted;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.WorkflowPage;
import dev.millrace.tasks.WorkflowVersion;
import dev.millrace.tasks.Workflows;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.SyncRun;
import dev.millrace.tasks.workflow.Times;
import dev.millrace.tasks.workflow.WorkflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code /api/v1/workflow-definitions} and {@code /api/v1/workflows}: define, start, steer. */
public final class WorkflowEndpoints {
  private static final String DEFINITIONS = "/api/v1/workflow-definitions";
  private static final String RUNS = "/api/v1/workflows";
  private static final String RUN = RUNS + "/{id}";
  private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");
  private static final String ID = new TaskId(AT.toEpochMilli() << 20).toString();
  private static final String POSITION = "8f14e45fceea167a-1042";

  private static final ProblemType DEFINITION_INVALID =
      new ProblemType(
          "workflow-invalid",
          422,
          "The workflow is not right",
          "Mend every place that 'errors' names.");

  private static final ProblemType NOT_FOUND =
      new ProblemType(
          "workflow-not-found",
          404,
          "There is no such workflow or run",
          "List the definitions or the runs to see what is there.");

  private static final int MOST_WAITING = 1_000;

  private static final WaitingItem WAITING =
      new WaitingItem(
          ID,
          "demo",
          1,
          "work",
          "工作",
          SyncItem.of(
              SyncPoint.approval(Duration.ofHours(1)),
              new SyncRun(
                  Status.CHECKING, AT.plusSeconds(3_600), false, Map.of(), null, null, null),
              List.of()));

  private static final Definition DEFINITION =
      Definition.of(
          new WorkflowVersion(
              WorkflowBody.EXAMPLE.workflow(),
              1,
              AT,
              new Times(List.of("work"), Duration.ofSeconds(1))));
  private static final Started STARTED = new Started(ID, false, POSITION, RUNS + "/" + ID);
  private static final RunItem ITEM = new RunItem(ID, "demo", 1, Status.RUNNING, AT, null);
  private static final RunDetail DETAIL =
      new RunDetail(
          ID,
          "demo",
          1,
          Status.RUNNING,
          null,
          JsonNodeFactory.instance.objectNode(),
          List.of(),
          List.of("work"),
          Duration.ofMillis(420),
          Duration.ofSeconds(1),
          AT,
          null);

  private final Tasks tasks;
  private final Workflows workflows;
  private final RunView runs;

  public WorkflowEndpoints(Tasks tasks) {
    this.tasks = tasks;
    this.workflows = tasks.workflows();
    this.runs = new RunView(tasks);
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(
        define(),
        definitions(),
        definition(),
        start(),
        list(),
        find(),
        steer("pause", "Start nothing new in a run; what is at work goes on", workflows::pause),
        steer("resume", "Let a paused run go on", workflows::resume),
        cancel(),
        rollback(),
        fork(),
        answer(),
        follow(),
        waiting());
  }

  private Endpoint define() {
    return Endpoint.post(DEFINITIONS)
        .id("defineWorkflow")
        .summary("Keep a definition of a workflow")
        .description(
            "A changed one becomes a new version; runs keep the version they began with. One that"
                + " is the same as the latest is not kept twice.")
        .tags("workflows")
        .body(WorkflowBody.class, WorkflowBody.EXAMPLE)
        .orYaml()
        .answers(200, Definition.class, DEFINITION)
        .problems(DEFINITION_INVALID)
        .handle(request -> {
          try {
            return Reply.ok(Definition.of(workflows.define(request.body().workflow())));
          } catch (WorkflowException wrong) {
            throw DEFINITION_INVALID.because(
                String.valueOf(wrong.getMessage()),
                wrong.problems().stream()
                    .map(each -> new Fault(each.pointer(), each.detail(), "workflow-invalid"))
                    .toList());
          }
        });
  }

  private Endpoint definitions() {
    return Endpoint.get(DEFINITIONS)
        .id("listWorkflowDefinitions")
        .summary("List the latest version of every definition")
        .tags("workflows")
        .answersPage(Definition.class, DEFINITION)
        .handle(_ ->
            Reply.ok(
                new Page<>(workflows.definitions().stream().map(Definition::of).toList(), null)));
  }

  private Endpoint definition() {
    return Endpoint.get(DEFINITIONS + "/{name}")
        .id("findWorkflowDefinition")
        .summary("Look at a definition")
        .tags("workflows")
        .path("name", "The workflow's name.", "demo")
        .query(VersionQuery.class)
        .answers(200, Definition.class, DEFINITION)
        .problems(NOT_FOUND)
        .handle(request -> {
          String name = request.path("name");
          Integer version = request.query().version();
          return Reply.ok(
              (version == null ? workflows.definition(name) : workflows.definition(name, version))
                  .map(Definition::of)
                  .orElseThrow(() ->
                      NOT_FOUND.because(
                          "There is no workflow '"
                              + name
                              + "'"
                              + (version == null ? "." : " of version " + version + "."))));
        });
  }

  private Endpoint start() {
    return Endpoint.post(RUNS)
        .id("startWorkflow")
        .summary("Start a run of a workflow")
        .tags("workflows")
        .body(
            StartRun.class,
            new StartRun("demo", JsonNodeFactory.instance.objectNode(), List.of(), null))
        .answers(202, Started.class, STARTED)
        .problems(NOT_FOUND, TaskProblems.OPTION_INVALID, TaskProblems.CLOSED)
        .handle(request -> {
          StartRun body = request.body();
          SubmitOptions options =
              SubmitOptions.defaults()
                  .withTags(body.tags().toArray(String[]::new))
                  .withTraceparent(request.traceparent());
          String unique = body.uniqueKey();
          JsonNode input = body.input();
          return Reply.accepted(
              started(
                  workflows.start(
                      body.name(),
                      input == null ? JsonNodeFactory.instance.objectNode() : input,
                      unique == null ? options : options.withUniqueKey(unique))));
        });
  }

  private static Started started(Submitted submitted) {
    String id = submitted.id().toString();
    return new Started(id, submitted.duplicate(), submitted.position().toString(), RUNS + "/" + id);
  }

  private Endpoint list() {
    return Endpoint.get(RUNS)
        .id("listWorkflows")
        .summary("List runs, newest first")
        .tags("workflows")
        .query(RunQuery.class)
        .answersPage(RunItem.class, ITEM)
        .handle(request -> {
          RunQuery query = request.query();
          WorkflowPage page =
              workflows.list(query.name(), query.status(), query.limit(), query.cursor());
          return Reply.ok(page(page));
        });
  }

  private Endpoint find() {
    return Endpoint.get(RUN)
        .id("findWorkflow")
        .summary("Look at a run with its stages")
        .tags("workflows")
        .path("id", "The run's id.", ID)
        .answers(200, RunDetail.class, DETAIL)
        .problems(TaskProblems.ID_INVALID, NOT_FOUND)
        .handle(request -> Reply.ok(detail(id(request))));
  }

  private RunDetail detail(TaskId id) {
    return runs.find(id)
        .orElseThrow(() -> NOT_FOUND.because("There is no run of a workflow " + id + "."));
  }

  /** The newest runs, as a page. */
  public Object now() {
    return page(workflows.list(null, null, 50, null));
  }

  private static Page<RunItem> page(WorkflowPage page) {
    return new Page<>(page.items().stream().map(RunItem::of).toList(), page.next());
  }

  private Endpoint follow() {
    return Endpoint.get(RUN + "/stream")
        .id("followWorkflow")
        .summary("Follow a run with its stages")
        .tags("workflows")
        .path("id", "The run's id.", ID)
        .answersStream(
            "Event 'run' with the run as its endpoint answers it, at first and when it changes.",
            "event: run\ndata: {\"status\":\"running\"}\n\n")
        .problems(TaskProblems.ID_INVALID, NOT_FOUND)
        .handle(request -> {
          TaskId id = TaskId.parse(detail(id(request)).id());
          return Reply.stream(stream -> new RunStream(tasks, runs).follow(id, stream));
        });
  }

  private Endpoint waiting() {
    return Endpoint.get("/api/v1/approvals")
        .id("listApprovals")
        .summary("List the sync points that wait for a person or for metrics")
        .description("Of all unfinished runs, the newest run first; up to 1,000.")
        .tags("workflows")
        .answersPage(WaitingItem.class, WAITING)
        .handle(_ -> Reply.ok(waitingNow()));
  }

  /** The sync points that wait now, as a page. */
  public Page<?> waitingNow() {
    return new Page<>(workflows.waiting(MOST_WAITING).stream().map(WaitingItem::of).toList(), null);
  }

  /** Something told to a run. */
  private interface Steer {
    Position tell(TaskId run);
  }

  private Endpoint steer(String verb, String summary, Steer steer) {
    return Endpoint.post(RUN + "/" + verb)
        .id(verb + "Workflow")
        .summary(summary)
        .tags("workflows")
        .path("id", "The run's id.", ID)
        .answers(202, Told.class, new Told(POSITION))
        .problems(TaskProblems.ID_INVALID, NOT_FOUND, TaskProblems.STATE)
        .handle(request -> Reply.accepted(new Told(steer.tell(id(request)).toString())));
  }

  private Endpoint cancel() {
    return Endpoint.post(RUN + "/cancel")
        .id("cancelWorkflow")
        .summary("Cancel a run and its tasks")
        .tags("workflows")
        .path("id", "The run's id.", ID)
        .answers(200, RunDetail.class, DETAIL)
        .problems(TaskProblems.ID_INVALID, NOT_FOUND, TaskProblems.STATE)
        .handle(request -> {
          TaskId id = id(request);
          workflows.cancel(id);
          return Reply.ok(detail(id));
        });
  }

  private Endpoint rollback() {
    return Endpoint.post(RUN + "/rollback")
        .id("rollBackWorkflow")
        .summary("Begin again with a stage; what comes behind it is done anew too")
        .tags("workflows")
        .path("id", "The run's id.", ID)
        .body(AtStage.class, new AtStage("work"))
        .answers(202, Told.class, new Told(POSITION))
        .problems(
            TaskProblems.ID_INVALID, NOT_FOUND, TaskProblems.OPTION_INVALID, TaskProblems.STATE)
        .handle(request ->
            Reply.accepted(
                new Told(workflows.rollback(id(request), request.body().stage()).toString())));
  }

  private Endpoint fork() {
    return Endpoint.post(RUN + "/fork")
        .id("forkWorkflow")
        .summary("Start a new run that takes over what came before a stage")
        .tags("workflows")
        .path("id", "The run's id.", ID)
        .body(Fork.class, new Fork("work", null))
        .answers(202, Started.class, STARTED)
        .problems(TaskProblems.ID_INVALID, NOT_FOUND, TaskProblems.OPTION_INVALID)
        .handle(request -> {
          Fork body = request.body();
          return Reply.accepted(started(workflows.fork(id(request), body.stage(), body.input())));
        });
  }

  private Endpoint answer() {
    return Endpoint.post(RUN + "/sync/{stage}")
        .id("answerSyncPoint")
        .summary("Say yes or no at a stage's sync point, or hand in its metrics")
        .tags("workflows")
        .path("id", "The run's id.", ID)
        .path("stage", "The stage's name.", "work")
        .body(SyncAnswer.class, new SyncAnswer(true, "Ada", "looks good", null))
        .answers(202, Told.class, new Told(POSITION))
        .problems(
            TaskProblems.ID_INVALID, NOT_FOUND, TaskProblems.OPTION_INVALID, TaskProblems.STATE)
        .handle(request -> {
          SyncAnswer body = request.body();
          TaskId id = id(request);
          String stage = request.path("stage");
          Map<String, JsonNode> metrics = body.metrics();
          Boolean approved = body.approved();
          if ((approved == null) == (metrics == null)) {
            throw TaskProblems.OPTION_INVALID.because(
                "Give either approved or metrics.",
                List.of(
                    new Fault(
                        "/approved", "give either approved or metrics", "task-option-invalid")));
          }
          Position position =
              metrics == null
                  ? workflows.answer(
                      id, stage, Boolean.TRUE.equals(approved), body.by(), body.comment())
                  : workflows.metrics(id, stage, WorkflowBody.plain(metrics));
          return Reply.accepted(new Told(position.toString()));
        });
  }

  private static TaskId id(Request<?, ?> request) {
    return TaskId.parse(request.path("id"));
  }
}
