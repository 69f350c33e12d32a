package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.agents.Agent;
import dev.millrace.apps.crew.agents.Agents;
import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.apps.crew.plan.WorkTask;
import dev.millrace.apps.crew.runs.RunException.Reason;
import dev.millrace.apps.crew.work.ExecutorCheck;
import dev.millrace.apps.crew.workspaces.Workspace;
import dev.millrace.apps.crew.workspaces.WorkspaceStatus;
import dev.millrace.apps.crew.workspaces.Workspaces;
import dev.millrace.http.Cursor;
import dev.millrace.http.Json;
import dev.millrace.http.schema.Fault;
import dev.millrace.store.Position;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.Submitted;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.WorkflowListener;
import dev.millrace.tasks.WorkflowPage;
import dev.millrace.tasks.WorkflowRun;
import dev.millrace.tasks.WorkflowVersion;
import dev.millrace.tasks.Workflows;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Plans that are run. All that is told about a run is read from its workflow: nothing is kept here.
 * Thread-safe.
 */
public final class Runs {
  /** How the names of workflows begin that are made of plans. */
  static final String PREFIX = "crew-";

  private static final int RECOVERIES = 5;

  /** Runs looked at for one page of a search, so many at a time. */
  private static final int MOST_LOOKED_AT = 1_000;

  private static final int PIECE = 50;

  /**
   * What is to be run.
   *
   * @param name for people; null for none
   * @param project that the decision about the run is counted in
   * @param executors for this run, by the task's id or the agent's name
   * @param input what executors may name; null for none
   * @param workspace that its programs work in; null for a folder of the run's own
   */
  public record Order(
      String request,
      Plan plan,
      @Nullable String name,
      String project,
      Map<String, Executor> executors,
      @Nullable JsonNode input,
      @Nullable String workspace) {}

  private final Tasks tasks;
  private final Agents agents;
  private final ExecutorCheck check;
  private final RunRecorder recorder;
  private final RunRequests requests;
  private final Checks checks;
  private final Workspaces workspaces;
  private final Duration ofPeople;
  private final RunIndexing indexing;

  /**
   * @param ofPeople how long a person has for an answer
   */
  public Runs(
      Tasks tasks,
      Agents agents,
      ExecutorCheck check,
      RunRecorder recorder,
      RunRequests requests,
      Checks checks,
      Workspaces workspaces,
      Duration ofPeople) {
    this.tasks = tasks;
    this.agents = agents;
    this.check = check;
    this.recorder = recorder;
    this.requests = requests;
    this.checks = checks;
    this.workspaces = workspaces;
    this.ofPeople = ofPeople;
    indexing = new RunIndexing(tasks, requests, Runs::isOurs);
  }

  private Workflows workflows() {
    return tasks.workflows();
  }

  /**
   * Has every run told to the journal and written down at its end, from now on. Called once, before
   * tasks run.
   *
   * @return the task types that write down how runs ended and read what they measured
   */
  public List<TaskType<?, ?>> listenTo(Journal journal, InstantSource clock) {
    TaskType<RunEnd, RunRecorder.Recorded> recording = recorder.type(this::reader, this::tidy);
    workflows().listen(new RunListener(journal, tasks, recording, checks, clock));
    return List.of(recording, GateWork.type(this::reader), indexing.type());
  }

  private Optional<RunReader> reader(String id) {
    return workflows().find(TaskId.parse(id)).map(run -> reader(run, false));
  }

  /**
   * Makes the plan a workflow and starts it.
   *
   * @param traceparent W3C trace context of who asks
   * @throws RunException if an executor cannot be used
   */
  public Submitted start(Order order, String traceparent) {
    indexing.ensure();
    Workspace workspace = order.workspace() == null ? null : active(order.workspace());
    Staffing staffing =
        new Staffing(
            order.executors(), this::known, workspace == null ? it -> it : workspace::placed);
    requireUsable(order, staffing);
    Workflow workflow = PlanWorkflow.of(PREFIX, order.plan(), staffing, ofPeople);
    String name = definitionName(order, workflow);
    WorkflowVersion version =
        workflows().define(new Workflow(name, order.plan().templateId(), workflow.stages()));
    RunInput input =
        new RunInput(
            order.request(),
            order.name(),
            order.project(),
            order.plan(),
            order.input(),
            order.workspace());
    Submitted started =
        workflows()
            .start(
                version,
                Json.mapper().valueToTree(input),
                SubmitOptions.defaults().withTags("crew").withTraceparent(traceparent));
    // So that it is found at once; after a crash in between, its first step sees to that.
    return new Submitted(
        started.id(),
        started.state(),
        started.duplicate(),
        requests.add(
            started.id(),
            input,
            workspace == null ? WorkflowListener.NOTHING : workspaces.used(workspace.name())));
  }

  private Workspace active(String name) {
    return workspaces
        .find(name)
        .filter(found -> found.status() == WorkspaceStatus.ACTIVE)
        .orElseThrow(() ->
            new RunException(
                Reason.WORKSPACE,
                "there is no active workspace '" + name + "', so no run can be started in it"));
  }

  private Staffing.Known known(String agent) {
    Agent known = agents.find(agent).orElse(null);
    return known == null
        ? new Staffing.Known(Executor.PERSON, null)
        : new Staffing.Known(known.executor(), known.fallback());
  }

  private void requireUsable(Order order, Staffing staffing) {
    List<WorkTask> planned = order.plan().tasks();
    Set<String> names =
        planned.stream()
            .flatMap(task -> Stream.of(task.id(), task.agent()))
            .collect(Collectors.toSet());
    List<Fault> faults = new ArrayList<>();
    order
        .executors()
        .forEach((name, executor) -> {
          String pointer = "/executors/" + name.replace("~", "~0").replace("/", "~1");
          if (!names.contains(name)) {
            faults.add(
                new Fault(
                    pointer,
                    "nobody in the plan is called '"
                        + name
                        + "'; there are "
                        + String.join(", ", order.plan().roles()),
                    "executor-invalid"));
          }
          faults.addAll(check.faults(executor, pointer));
        });
    for (String role : order.plan().roles()) {
      if (!order.executors().containsKey(role)) {
        faults.addAll(check.faults(staffing.ofAgent(role), "/agents/" + role + "/executor"));
      }
      String other = staffing.fallback(role);
      if (other != null) {
        faults.addAll(check.faults(staffing.ofAgent(other), "/agents/" + other + "/executor"));
      }
    }
    refuse(faults);
  }

  /** Refuses an executor that cannot be used, such as that of an agent that is added. */
  public void requireUsable(Executor executor, String pointer) {
    refuse(check.faults(executor, pointer));
  }

  private static void refuse(List<Fault> faults) {
    if (!faults.isEmpty()) {
      boolean program = faults.stream().anyMatch(each -> ExecutorCheck.PROGRAM.equals(each.code()));
      Fault first = faults.getFirst();
      throw new RunException(
          program ? Reason.PROGRAM : Reason.EXECUTOR,
          first.pointer() + ": " + first.detail(),
          faults);
    }
  }

  /** The name that was given, or one that the same plan and staff have every time. */
  private static String definitionName(Order order, Workflow workflow) {
    String given = order.name() == null ? "" : slug(order.name());
    if (!given.isEmpty()) {
      return PREFIX + given;
    }
    String template = order.plan().templateId();
    String kind = template == null ? order.plan().mode().name() : template;
    return PREFIX + slug(kind) + "-" + hash(Json.mapper().writeValueAsString(workflow));
  }

  private static String slug(String text) {
    String slug =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^-+|-+$", "");
    return slug.length() > 60 ? slug.substring(0, 60) : slug;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException bug) {
      throw new IllegalStateException("every Java has SHA-256", bug);
    }
  }

  /** A run as people see it. */
  public RunView view(String id) {
    RunReader run = require(id, true);
    Optional<RunRecorder.Recorded> recorded = recorder.find(run.id().key());
    return run.view(
        recorded.map(RunRecorder.Recorded::decision).orElse(null),
        recorded.map(RunRecorder.Recorded::execution).orElse(null));
  }

  public List<StageView> stages(String id) {
    return require(id, true).stages();
  }

  public List<TimelineItem> timeline(String id) {
    return require(id, true).timeline();
  }

  /** A page of runs. */
  public record Listed(List<RunSummary> items, @Nullable String next) {}

  /**
   * Runs, newest first.
   *
   * @param wanted what they were asked for
   * @param state only those that stand there; null for all
   * @param cursor {@link Listed#next} of the page before; null for the first
   */
  public Listed list(
      RunRequests.Wanted wanted, @Nullable RunState state, int limit, @Nullable String cursor) {
    indexing.ensure();
    return wanted.equals(RunRequests.Wanted.ALL)
        ? list(state, limit, cursor)
        : search(wanted, state, limit, cursor);
  }

  private Listed list(@Nullable RunState state, int limit, @Nullable String cursor) {
    WorkflowPage page = workflows().list(PREFIX + "*", status(state), limit, cursor);
    List<RunSummary> items =
        page.items().stream()
            .flatMap(item -> workflows().find(item.id()).stream())
            .filter(Runs::isOurs)
            .map(run -> reader(run, false).item())
            .filter(item -> state == null || item.state() == state)
            .toList();
    return new Listed(items, page.next());
  }

  /** Forgets the oldest runs that are known here but whose history is over, a few at a time. */
  private void tidy() {
    requests.forget(
        requests.oldest(PIECE).stream().filter(id -> workflows().find(id).isEmpty()).toList());
  }

  /** Where a page of a search ended. */
  record Key(long run) {}

  private Listed search(
      RunRequests.Wanted wanted, @Nullable RunState state, int limit, @Nullable String cursor) {
    Cursor<Key> cursors = Cursor.of("crew-runs", wanted + " " + state, Key.class);
    Key from = cursors.decode(cursor);
    long before = from == null ? Long.MAX_VALUE : from.run();
    List<RunSummary> items = new ArrayList<>();
    List<TaskId> gone = new ArrayList<>();
    // A search that must look further goes on with the next page.
    for (int looked = 0; looked < MOST_LOOKED_AT; looked += PIECE) {
      RunRequests.Page page = requests.find(wanted, before, PIECE);
      for (TaskId id : page.runs()) {
        WorkflowRun run = workflows().find(id).orElse(null);
        if (run == null) {
          gone.add(id);
          continue;
        }
        RunSummary item = reader(run, false).item();
        if (state == null || item.state() == state) {
          if (items.size() == limit) {
            requests.forget(gone);
            return new Listed(items, cursors.encode(new Key(before)));
          }
          items.add(item);
          before = id.key();
        }
      }
      if (page.last() == null) {
        requests.forget(gone);
        return new Listed(items, null);
      }
      before = page.last();
    }
    requests.forget(gone);
    return new Listed(items, cursors.encode(new Key(before)));
  }

  private static @Nullable Status status(@Nullable RunState state) {
    if (state == null) {
      return null;
    }
    return switch (state) {
      case INITIALIZED, RUNNING -> Status.RUNNING;
      case PAUSED -> Status.PAUSED;
      case COMPLETED -> Status.SUCCEEDED;
      case FAILED -> Status.FAILED;
      case CANCELLED -> Status.CANCELLED;
    };
  }

  public Position pause(String id) {
    return workflows().pause(require(id, false).id());
  }

  /** Lets a paused run go on, and a failed one with what failed. */
  public Position resume(String id) {
    RunReader run = require(id, false);
    return run.state() == RunState.FAILED ? tasks.retry(run.id()) : workflows().resume(run.id());
  }

  public void cancel(String id) {
    workflows().cancel(require(id, false).id());
  }

  /** Begins again with a stage, up to five times. */
  public Position rollback(String id, String stage) {
    RunReader run = require(id, false);
    String name = stageOf(run, stage);
    if (run.recoveries() >= RECOVERIES) {
      throw new RunException(
          Reason.RECOVERIES,
          "the run "
              + id
              + " was rolled back "
              + run.recoveries()
              + " times; start a new one, or mend what fails");
    }
    return workflows().rollback(run.id(), Objects.requireNonNullElse(run.beginOf(stage), name));
  }

  /** Hands in metrics for the sync point of a stage, or for its process gate. */
  public Position metrics(String id, String stage, Map<String, Object> metrics) {
    RunReader run = require(id, false);
    String name = stageOf(run, stage);
    Status status = Objects.requireNonNull(run.run().stages().get(name)).status();
    boolean watched = status == Status.RUNNING && run.isWatched(stage);
    if (status != Status.CHECKING && !watched) {
      throw new RunException(
          Reason.STATE,
          "the stage '"
              + stage
              + "' is "
              + status.word()
              + " and waits for no numbers; hand them in when it is at its sync point, or while it"
              + " is at work if it has a process gate");
    }
    return workflows().metrics(run.id(), name, metrics);
  }

  /** Says yes or no at a stage that waits for a person's word. */
  public Position approve(
      String id, String stage, boolean approved, @Nullable String by, @Nullable String comment) {
    RunReader run = require(id, false);
    String name = stageOf(run, stage);
    SyncPoint point =
        definition(run.run()).stages().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow()
            .sync();
    if (point == null || point.type() != SyncPoint.Type.APPROVAL) {
      throw new RunException(
          Reason.STATE,
          "the stage '"
              + stage
              + "' asks for "
              + (point == null ? "nothing" : point.type().word())
              + ", not for a word; hand in the metrics that it waits for");
    }
    return workflows().answer(run.id(), name, approved, by, comment);
  }

  private static String stageOf(RunReader run, String stage) {
    String name = run.nameOf(stage);
    if (name == null) {
      throw new RunException(
          Reason.STAGE_UNKNOWN,
          "the run has no stage '"
              + stage
              + "'; it has "
              + run.input().plan().stages().stream()
                  .map(dev.millrace.apps.crew.plan.Stage::name)
                  .collect(Collectors.joining(", ")));
    }
    return name;
  }

  private RunReader require(String id, boolean withTasks) {
    return find(id)
        .map(run -> reader(run, withTasks))
        .orElseThrow(() ->
            new RunException(
                Reason.NOT_FOUND, "there is no run of a plan with the id '" + id + "'"));
  }

  private Optional<WorkflowRun> find(String id) {
    try {
      return workflows().find(TaskId.parse(id)).filter(Runs::isOurs);
    } catch (TaskException none) {
      return Optional.empty();
    }
  }

  private static boolean isOurs(WorkflowRun run) {
    return run.name().startsWith(PREFIX) && run.input().has("plan");
  }

  private Workflow definition(WorkflowRun run) {
    return workflows().definition(run.name(), run.version()).orElseThrow().workflow();
  }

  private RunReader reader(WorkflowRun run, boolean withTasks) {
    Map<String, TaskView> atWork = new HashMap<>();
    if (withTasks) {
      workflows()
          .atWork(run.id())
          .forEach((name, task) -> tasks.find(task).ifPresent(view -> atWork.put(name, view)));
      addFailed(run, atWork);
    }
    return new RunReader(run, Objects.requireNonNull(definition(run)), atWork);
  }

  /** What failed for good left no result, so its task says how often it was tried. */
  private void addFailed(WorkflowRun run, Map<String, TaskView> found) {
    for (StageRun stage : run.stages().values()) {
      stage
          .tasks()
          .forEach((name, job) -> {
            boolean without = job.output() == null || job.output().isNull();
            if (job.batch() != null && without && job.endedAt() != null) {
              TaskFilter filter = TaskFilter.all().withBatch(BatchId.parse(job.batch()));
              tasks.list(filter, 1, null).items().forEach(task -> found.putIfAbsent(name, task));
            }
          });
    }
  }
}
