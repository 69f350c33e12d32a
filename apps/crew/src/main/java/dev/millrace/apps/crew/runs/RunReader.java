package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.apps.crew.plan.ProcessGate;
import dev.millrace.apps.crew.plan.Schedule;
import dev.millrace.apps.crew.plan.Stage;
import dev.millrace.apps.crew.plan.WorkTask;
import dev.millrace.expression.Verdict;
import dev.millrace.http.Json;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.WorkflowRun;
import dev.millrace.tasks.workflow.JobRun;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.SyncRun;
import dev.millrace.tasks.workflow.WatchRun;
import dev.millrace.tasks.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells the run of a workflow in the words of the plan that it was made of. Immutable. */
final class RunReader {
  private static final JsonMapper JSON = Json.mapper();
  private static final double OF_STAGES = 60;
  private static final double OF_TASKS = 40;

  private final WorkflowRun run;
  private final Workflow workflow;
  private final Map<String, TaskView> atWork;
  private final RunInput input;
  private final RunState state;
  private final Map<String, String> names;
  private final Map<String, String> entries;
  private final StageNames stageNames;

  /**
   * @param atWork the platform's tasks that are at work for the run, by their names
   */
  RunReader(WorkflowRun run, Workflow workflow, Map<String, TaskView> atWork) {
    this.run = run;
    this.workflow = workflow;
    this.atWork = atWork;
    input = JSON.treeToValue(run.input(), RunInput.class);
    state = RunState.of(run.status(), run.stages().values());
    names = PlanWorkflow.stageNames(input.plan());
    entries = PlanWorkflow.entryNames(input.plan());
    stageNames = new StageNames(names, entries);
  }

  RunInput input() {
    return input;
  }

  RunState state() {
    return state;
  }

  RunSummary item() {
    return new RunSummary(
        run.id().toString(),
        input.name(),
        input.request(),
        input.project(),
        input.plan().domain(),
        input.plan().templateId(),
        state,
        progress(),
        run.startedAt(),
        run.finishedAt());
  }

  RunView view(@Nullable String decision, @Nullable Long execution) {
    Plan plan = input.plan();
    List<StageView> stages = stages();
    return new RunView(
        run.id().toString(),
        input.name(),
        run.name(),
        run.version(),
        input.request(),
        state,
        progress(),
        stages.stream()
            .filter(each -> each.state() == WorkState.RUNNING || each.state() == WorkState.CHECKING)
            .map(StageView::name)
            .toList(),
        stageNames.told(run.failure()),
        recoveries(),
        plan.mode(),
        plan.tier(),
        plan.complexity(),
        plan.index(),
        plan.domain(),
        plan.priority(),
        plan.thinking(),
        plan.roles(),
        plan.templateId(),
        plan.estimateHours(),
        input.input(),
        stages,
        metrics(),
        criticalPath(),
        run.times().time(),
        input.workspace(),
        decision,
        execution,
        run.startedAt(),
        run.finishedAt());
  }

  private List<String> criticalPath() {
    return run.times().way().stream().map(stageNames::planned).distinct().toList();
  }

  /** How often the stage that was begun most often was begun again. */
  int recoveries() {
    return run.stages().values().stream().mapToInt(StageRun::round).max().orElse(1) - 1;
  }

  private double progress() {
    List<StageRun> stages = List.copyOf(run.stages().values());
    List<JobRun> jobs = stages.stream().flatMap(stage -> stage.tasks().values().stream()).toList();
    double stagesThrough = share(stages.stream().map(StageRun::status).toList());
    double tasksThrough = share(jobs.stream().map(JobRun::status).toList());
    return Math.round(10 * (OF_STAGES * stagesThrough + OF_TASKS * tasksThrough)) / 10.0;
  }

  private static double share(List<Status> all) {
    long through =
        all.stream()
            .filter(status -> status == Status.SUCCEEDED || status == Status.SKIPPED)
            .count();
    return all.isEmpty() ? 0 : (double) through / all.size();
  }

  List<StageView> stages() {
    Map<String, Schedule.Span> spans = Schedule.spans(input.plan().stages(), input.plan().tasks());
    return input.plan().stages().stream().map(stage -> stage(stage, spans)).toList();
  }

  private StageRun runOf(Stage stage) {
    return Objects.requireNonNull(run.stages().get(names.get(stage.name())));
  }

  private dev.millrace.tasks.workflow.Stage defined(String name) {
    return workflow.stages().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private StageView stage(Stage stage, Map<String, Schedule.Span> spans) {
    StageRun stageRun = runOf(stage);
    StageRun entryRun = entryOf(stage);
    WorkState own = WorkState.ofStage(stageRun.status(), state);
    WorkState stands = entryRun == null ? own : WorkState.behind(entryRun.status(), own, state);
    Map<String, WorkTask> planned =
        input.plan().tasks().stream().collect(Collectors.toMap(WorkTask::id, task -> task));
    List<AgentTask> tasks =
        defined(stageName(stage)).tasks().stream()
            .map(task ->
                task(
                    task,
                    Objects.requireNonNull(planned.get(task.name())),
                    own,
                    Objects.requireNonNull(stageRun.tasks().get(task.name()))))
            .toList();
    return new StageView(
        stage.name(),
        stage.description(),
        stage.mode(),
        stands,
        stage.dependsOn(),
        stageRun.round(),
        tasks,
        entryRun == null ? null : entry(stage, entryRun),
        process(stage, stageRun),
        sync(stage, stageRun),
        stage.checks(),
        PlannedTime.of(Objects.requireNonNull(spans.get(stage.name()))),
        stageRun.startedAt(),
        stageRun.endedAt());
  }

  private String stageName(Stage stage) {
    return Objects.requireNonNull(names.get(stage.name()));
  }

  /** How the gate before a stage fares; null if it has none. */
  private @Nullable StageRun entryOf(Stage stage) {
    String name = entries.get(stage.name());
    return name == null ? null : run.stages().get(name);
  }

  private AgentTask task(StageTask defined, WorkTask planned, WorkState stage, JobRun job) {
    TaskView task = atWork.get(planned.id());
    TaskState taskState = task == null ? null : task.state();
    JsonNode output = job.output();
    String leftOut = output == null ? null : output.path("skipped").asStringOpt().orElse(null);
    String error = leftOut != null ? leftOut : job.error();
    String fallback = defined.fallback();
    return new AgentTask(
        planned.id(),
        planned.agent(),
        job.fallback() && fallback != null ? fallback : defined.type(),
        planned.description(),
        planned.priority(),
        WorkState.ofTask(job.status(), stage, state, leftOut != null, taskState),
        planned.dependsOn(),
        task == null ? null : task.id().toString(),
        job.fallback(),
        output,
        error == null && task != null ? task.error() : error,
        retries(task, output),
        defined.type().startsWith("crew.") ? planned.maxRetries() : null,
        job.startedAt(),
        job.endedAt());
  }

  private static @Nullable Integer retries(@Nullable TaskView task, @Nullable JsonNode output) {
    int attempts = output == null ? 0 : output.path("attempts").asInt(0);
    if (attempts == 0 && task != null) {
      attempts = Math.max(1, task.attempt());
    }
    return attempts == 0 ? null : attempts - 1;
  }

  private @Nullable ProcessView process(Stage stage, StageRun stageRun) {
    ProcessGate gate = stage.process();
    if (gate == null) {
      return null;
    }
    Map<String, JsonNode> known = new TreeMap<>();
    stageRun
        .tasks()
        .values()
        .forEach(job -> {
          JsonNode output = job.output();
          if (output != null) {
            output
                .path("metrics")
                .properties()
                .forEach(field -> known.put(field.getKey(), field.getValue()));
          }
        });
    handedIn(stageRun).forEach((name, value) -> known.put(name, JSON.valueToTree(value)));
    known.keySet().retainAll(gate.rules().keySet());
    WatchRun watch = stageRun.watch();
    Verdict verdict = watch == null ? null : watch.verdict();
    String status =
        verdict == null
            ? "waiting"
            : verdict.success() ? "holds" : gate.stops() ? "failed" : "warned";
    return new ProcessView(gate.rules(), gate.stops(), status, known, reasons(verdict));
  }

  /** What was handed in for a stage, while it was at work and at its end. */
  private static Map<String, Object> handedIn(StageRun stage) {
    SyncRun sync = stage.sync();
    if (sync != null) {
      return sync.metrics();
    }
    WatchRun watch = stage.watch();
    return watch == null ? Map.of() : watch.metrics();
  }

  private @Nullable SyncView sync(Stage stage, StageRun stageRun) {
    SyncPoint point = defined(stageName(stage)).sync();
    if (point == null) {
      return null;
    }
    var planned = stage.sync();
    Map<String, String> gate = stage.gate();
    return sync(
        stage.name(),
        planned == null ? "quality gate" : planned.name(),
        point,
        planned == null ? Map.of() : planned.criteria(),
        gate == null ? Map.of() : gate,
        new TreeMap<>(),
        stageRun);
  }

  private SyncView entry(Stage stage, StageRun entryRun) {
    String name = Objects.requireNonNull(entries.get(stage.name()));
    Map<String, JsonNode> measured = new TreeMap<>();
    entryRun
        .tasks()
        .values()
        .forEach(job -> {
          if (job.output() != null) {
            job.output()
                .forEach(reading ->
                    reading
                        .path("metrics")
                        .properties()
                        .forEach(field -> measured.put(field.getKey(), field.getValue())));
          }
        });
    return sync(
        name,
        "entry gate",
        Objects.requireNonNull(defined(name).sync()),
        Map.of(),
        Objects.requireNonNull(stage.entry()),
        measured,
        entryRun);
  }

  private static SyncView sync(
      String id,
      String name,
      SyncPoint point,
      Map<String, String> criteria,
      Map<String, String> gate,
      Map<String, JsonNode> known,
      StageRun stageRun) {
    SyncRun sync = stageRun.sync();
    if (sync != null) {
      sync.metrics().forEach((metric, value) -> known.put(metric, JSON.valueToTree(value)));
    }
    return new SyncView(
        id,
        name,
        point.type().word(),
        sync == null ? null : status(sync.status()),
        criteria,
        gate,
        sync != null && sync.status() == Status.CHECKING
            ? missing(point, stageRun, known)
            : List.of(),
        sync == null ? null : sync.until(),
        known,
        sync == null ? null : sync.by(),
        sync == null ? null : sync.comment(),
        sync == null ? List.of() : reasons(sync),
        point.retries(),
        stageRun.earlier().stream().map(each -> String.join("; ", reasons(each))).toList());
  }

  private static List<String> reasons(SyncRun sync) {
    return reasons(sync.verdict());
  }

  private static List<String> reasons(@Nullable Verdict verdict) {
    return verdict == null
        ? List.of()
        : verdict.failed().stream()
            .map(failed -> failed.criterion() + ": " + failed.reason())
            .toList();
  }

  private static String status(Status status) {
    return switch (status) {
      case SUCCEEDED, SKIPPED -> "passed";
      case FAILED -> "failed";
      case WAITING, RUNNING, CHECKING, PAUSED, CANCELLED, UNDOING, UNDONE -> "waiting";
    };
  }

  private static List<String> missing(
      SyncPoint point, StageRun stage, Map<String, JsonNode> handedIn) {
    return point.criteria().keySet().stream()
        .filter(metric -> !handedIn.containsKey(metric))
        .filter(metric ->
            stage.tasks().values().stream()
                .map(JobRun::output)
                .filter(Objects::nonNull)
                .noneMatch(
                    output -> output.path("metrics").has(metric) || output.hasNonNull(metric)))
        .sorted()
        .toList();
  }

  /**
   * What was measured, one map for each source: what was handed in for a stage counts before what
   * its tasks measured.
   */
  List<Map<String, Object>> readings() {
    List<Map<String, Object>> readings = new ArrayList<>();
    for (StageRun stage : run.stages().values()) {
      Map<String, Object> handedIn = handedIn(stage);
      for (JobRun job : stage.tasks().values()) {
        JsonNode output = job.output();
        if (output != null && output.isObject()) {
          Map<String, Object> own = new LinkedHashMap<>();
          output
              .path("metrics")
              .properties()
              .forEach(field -> {
                if (!handedIn.containsKey(field.getKey())) {
                  own.put(field.getKey(), field.getValue());
                }
              });
          readings.add(own);
        }
      }
      readings.add(handedIn);
    }
    return readings;
  }

  /** All numbers of the run: what its tasks measured, and what was handed in. */
  Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (StageRun stage : run.stages().values()) {
      for (JobRun job : stage.tasks().values()) {
        JsonNode output = job.output();
        if (output != null) {
          output
              .path("metrics")
              .properties()
              .forEach(field -> {
                if (field.getValue().isNumber()) {
                  metrics.put(field.getKey(), field.getValue().doubleValue());
                }
              });
        }
      }
      handedIn(stage)
          .forEach((name, value) -> {
            if (value instanceof Number number) {
              metrics.put(name, number.doubleValue());
            }
          });
    }
    return metrics;
  }

  List<TimelineItem> timeline() {
    List<String> critical = criticalPath();
    List<TimelineItem> items = new ArrayList<>();
    for (StageView stage : stages()) {
      if (stage.startedAt() == null) {
        continue;
      }
      boolean onTheWay = critical.contains(stage.name());
      items.add(
          new TimelineItem(
              "stage",
              stage.name(),
              stage.name(),
              null,
              stage.state(),
              onTheWay,
              stage.startedAt(),
              stage.endedAt()));
      for (AgentTask task : stage.tasks()) {
        if (task.startedAt() != null) {
          items.add(
              new TimelineItem(
                  "task",
                  task.id(),
                  stage.name(),
                  task.agent(),
                  task.state(),
                  onTheWay,
                  task.startedAt(),
                  task.endedAt()));
        }
      }
    }
    return items;
  }

  /** Whether numbers are taken for a stage of the plan while it is at work. */
  boolean isWatched(String stage) {
    return input.plan().stages().stream()
        .anyMatch(each -> each.name().equals(stage) && each.process() != null);
  }

  TaskId id() {
    return run.id();
  }

  WorkflowRun run() {
    return run;
  }

  /**
   * The name in the workflow of one of the plan's stages, or of the gate before it; null if there
   * is none.
   */
  @Nullable String nameOf(String stage) {
    return entries.containsValue(stage) ? stage : names.get(stage);
  }

  /** The first of them that belongs to one of the plan's stages; null if there is none. */
  @Nullable String beginOf(String stage) {
    String entry = entries.get(stage);
    return entry == null ? nameOf(stage) : entry;
  }
}
