package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.apps.crew.agents.ExecutorKind;
import dev.millrace.apps.crew.plan.Dependencies;
import dev.millrace.apps.crew.plan.ExecutionMode;
import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.apps.crew.plan.ProcessGate;
import dev.millrace.apps.crew.plan.Stage;
import dev.millrace.apps.crew.plan.WorkTask;
import dev.millrace.apps.crew.work.Work;
import dev.millrace.apps.crew.work.WorkTypes;
import dev.millrace.http.Json;
import dev.millrace.tasks.workflow.OnFailure;
import dev.millrace.tasks.workflow.StageMode;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the workflow of a plan: the same plan and staff make the same workflow. */
final class PlanWorkflow {
  private static final JsonMapper JSON = Json.mapper();
  private static final String NAME = "[a-z][a-z0-9_-]{0,99}";
  private static final int OPTIONAL = 5;

  private final Plan plan;
  private final Staffing staffing;
  private final Duration ofPeople;
  private final Map<String, WorkTask> tasks;
  private final Map<String, String> names;
  private final Map<String, String> entries;
  private final Dependencies dependencies;

  private PlanWorkflow(Plan plan, Staffing staffing, Duration ofPeople) {
    this.plan = plan;
    this.staffing = staffing;
    this.ofPeople = ofPeople;
    this.names = stageNames(plan);
    this.entries = entryNames(plan);
    tasks = plan.tasks().stream().collect(Collectors.toMap(WorkTask::id, task -> task));
    Map<String, List<String>> needs = new LinkedHashMap<>();
    plan.stages().forEach(stage -> needs.put(stage.name(), stage.dependsOn()));
    dependencies = Dependencies.of(needs, "/stages");
  }

  /**
   * The workflow.
   *
   * @param ofPeople how long a person has
   */
  static Workflow of(String name, Plan plan, Staffing staffing, Duration ofPeople) {
    return new PlanWorkflow(plan, staffing, ofPeople).workflow(name);
  }

  /** The name in the workflow of each of the plan's stages, in their order. */
  static Map<String, String> stageNames(Plan plan) {
    return stageNames(plan.stages().stream().map(Stage::name).toList());
  }

  /** The same of their names. */
  static Map<String, String> stageNames(List<String> stages) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String stage : stages) {
      names.put(stage, stage.matches(NAME) ? stage : "stage-" + (names.size() + 1));
    }
    return names;
  }

  /** The name in the workflow of what must hold before a stage, by the plan's name of it. */
  static Map<String, String> entryNames(Map<String, String> names, Set<String> withEntry) {
    Map<String, String> entries = new LinkedHashMap<>();
    int number = 0;
    for (String stage : names.keySet()) {
      number++;
      if (withEntry.contains(stage)) {
        String made = names.get(stage) + "_entry";
        boolean free = made.length() <= 100 && !names.containsValue(made);
        entries.put(stage, free ? made : "entry_" + number);
      }
    }
    return entries;
  }

  /** The same of a plan. */
  static Map<String, String> entryNames(Plan plan) {
    return entryNames(
        stageNames(plan),
        plan.stages().stream()
            .filter(stage -> stage.entry() != null)
            .map(Stage::name)
            .collect(Collectors.toSet()));
  }

  private Workflow workflow(String name) {
    List<dev.millrace.tasks.workflow.Stage> stages = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      Map<String, String> entry = stage.entry();
      if (entry != null) {
        stages.add(entry(stage, entry));
      }
      stages.add(stage(stage));
    }
    return new Workflow(name, null, stages);
  }

  /** A stage of its own that reads what was measured before and ends where that must hold. */
  private dev.millrace.tasks.workflow.Stage entry(Stage stage, Map<String, String> rules) {
    String name = Objects.requireNonNull(entries.get(stage.name()));
    JsonNode input = JSON.valueToTree(new GateWork("{{run}}", List.copyOf(rules.keySet())));
    return new dev.millrace.tasks.workflow.Stage(
        name,
        stage.dependsOn().stream().map(this::stageName).toList(),
        StageMode.PARALLEL,
        List.of(StageTask.of(name, GateWork.TYPE, input)),
        StageSync.entry(rules, ofPeople(stage)),
        null,
        null,
        null,
        "▸ " + stage.name());
  }

  /** How long metrics are waited for at least: as a person has where people are at work. */
  private Duration ofPeople(Stage stage) {
    boolean people =
        stage.tasks().stream().anyMatch(id -> staffing.of(task(id)).kind() == ExecutorKind.PERSON);
    return people ? ofPeople : Duration.ZERO;
  }

  private dev.millrace.tasks.workflow.Stage stage(Stage stage) {
    List<String> after = new ArrayList<>(stage.dependsOn().stream().map(this::stageName).toList());
    if (entries.containsKey(stage.name())) {
      after.add(Objects.requireNonNull(entries.get(stage.name())));
    }
    ProcessGate process = stage.process();
    return new dev.millrace.tasks.workflow.Stage(
        stageName(stage.name()),
        after,
        mode(stage.mode()),
        stage.tasks().stream().map(id -> task(stage, task(id))).toList(),
        StageSync.of(stage, ofPeople(stage)),
        null,
        timeLimit(stage),
        process == null ? null : StageSync.watch(process),
        stage.name());
  }

  private static StageMode mode(ExecutionMode mode) {
    return switch (mode) {
      case SEQUENTIAL -> StageMode.SEQUENTIAL;
      case PARALLEL, PARALLEL_THEN_SYNC, HYBRID -> StageMode.PARALLEL;
      case LAYERED, DOMAIN_PARALLEL -> StageMode.HYBRID;
    };
  }

  /** The stage's own, but never less than one attempt of each of its tasks may take. */
  private Duration timeLimit(Stage stage) {
    Duration longest = Duration.ZERO;
    Duration all = Duration.ZERO;
    for (String id : stage.tasks()) {
      WorkTask task = task(id);
      Duration limit = WorkTypes.timeLimit(staffing.of(task), task.timeout(), ofPeople);
      longest = limit.compareTo(longest) > 0 ? limit : longest;
      all = all.plus(limit);
    }
    Duration least = mode(stage.mode()) == StageMode.PARALLEL ? longest : all;
    return stage.timeout().compareTo(least) < 0 ? least : stage.timeout();
  }

  private String stageName(String name) {
    return Objects.requireNonNull(names.get(name));
  }

  private WorkTask task(String id) {
    return Objects.requireNonNull(tasks.get(id));
  }

  private StageTask task(Stage stage, WorkTask task) {
    Executor executor = staffing.of(task);
    String other = staffing.fallback(task.agent());
    StageTask made =
        StageTask.of(
                task.id(),
                WorkTypes.nameOf(executor),
                input(stage, task, task.agent(), executor, other != null))
            .withPriority(task.platformPriority())
            .withEstimate(Duration.ofMillis(Math.round(task.hours() * 3_600_000)));
    if (stage.mode().isGrouped()) {
      made = made.withAfter(task.dependsOn().toArray(String[]::new));
    }
    if (other != null) {
      Executor taking = staffing.ofAgent(other);
      return made.withFallback(WorkTypes.nameOf(taking), input(stage, task, other, taking, false));
    }
    boolean leftOut = executor.kind() == ExecutorKind.JAVA && task.priority() <= OPTIONAL;
    return leftOut ? made.withOnFailure(OnFailure.SKIP) : made;
  }

  private JsonNode input(
      Stage stage, WorkTask task, String agent, Executor executor, boolean hasFallback) {
    if (executor.kind() == ExecutorKind.JAVA) {
      JsonNode input = executor.input();
      return input == null ? JsonNodeFactory.instance.objectNode() : input;
    }
    return JSON.valueToTree(
        new Work(
            "{{run}}",
            task.id(),
            agent,
            stage.name(),
            task.description(),
            stage.thinking().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
            "{{input.request}}",
            task.priority(),
            WorkTypes.timeLimit(executor, task.timeout(), ofPeople),
            hasFallback,
            executor,
            context(stage, task)));
  }

  /** The results of all stages that the stage waits for, and of the tasks before in it. */
  private @Nullable JsonNode context(Stage stage, WorkTask task) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    for (List<String> level : dependencies.levels()) {
      for (String name : level) {
        if (isBefore(name, stage.name())) {
          plan.stages().stream()
              .filter(each -> each.name().equals(name))
              .forEach(each -> each.tasks().forEach(id -> add(context, id)));
        }
      }
    }
    addBefore(context, task);
    return context.isEmpty() ? null : context;
  }

  /** The tasks of its stage that it waits for, those before them first. */
  private void addBefore(ObjectNode context, WorkTask task) {
    for (String id : task.dependsOn()) {
      addBefore(context, task(id));
      add(context, id);
    }
  }

  private void add(ObjectNode context, String id) {
    ObjectNode result = context.putObject(id);
    if (staffing.of(task(id)).kind() == ExecutorKind.JAVA) {
      result.put("outputs", "{{tasks." + id + "}}");
    } else {
      result.put("conclusion", "{{tasks." + id + ".conclusion}}");
      result.put("outputs", "{{tasks." + id + ".outputs}}");
    }
  }

  private boolean isBefore(String name, String of) {
    Stage stage =
        plan.stages().stream().filter(each -> each.name().equals(of)).findFirst().orElseThrow();
    return stage.dependsOn().stream()
        .anyMatch(needed -> needed.equals(name) || isBefore(name, needed));
  }
}
