package dev.millrace.tasks.workflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a run has come to while it is decided what it does next. Confined to one thread. */
final class Board {
  final Workflow workflow;
  final Instant now;
  final Map<String, StageRun> stages;
  final List<Decision.Start> starts = new ArrayList<>();
  final List<String> cancels = new ArrayList<>();
  boolean paused;
  @Nullable String failure;
  boolean undoing;
  @Nullable Instant wakeAt;

  private final String id;
  private final JsonNode input;
  private final Refusals refusals;
  private int begun;

  Board(Workflow workflow, Book book, String id, Refusals refusals, Instant now) {
    this.workflow = workflow;
    this.id = id;
    this.refusals = refusals;
    this.now = now;
    input = book.input();
    stages = new LinkedHashMap<>(book.stages());
    paused = book.paused();
    failure = book.failure();
    undoing = book.undoing();
    begun = book.begun();
  }

  Book book() {
    return new Book(input, stages, paused, failure, undoing, begun);
  }

  StageRun run(Stage stage) {
    return run(stage.name());
  }

  StageRun run(String stage) {
    return Objects.requireNonNull(stages.get(stage));
  }

  static JobRun job(StageRun run, StageTask task) {
    return Objects.requireNonNull(run.tasks().get(task.name()));
  }

  void put(Stage stage, StageTask task, JobRun job) {
    stages.put(stage.name(), run(stage).with(task.name(), job));
  }

  boolean anyJob(Status status) {
    return stages.values().stream()
        .flatMap(run -> run.tasks().values().stream())
        .anyMatch(job -> job.status() == status);
  }

  void wake(Instant at) {
    Instant earlier = wakeAt;
    wakeAt = earlier == null || at.isBefore(earlier) ? at : earlier;
  }

  void cancelJobs(StageRun run) {
    run.tasks().values().forEach(this::cancel);
    if (run.validation() != null) {
      cancel(run.validation());
    }
  }

  private void cancel(JobRun job) {
    if (job.status() == Status.RUNNING && job.batch() != null && !job.batch().startsWith("new-")) {
      cancels.add(job.batch());
    }
  }

  /** Why these inputs are refused by their type; null if they are not. */
  @Nullable String refusal(String type, List<JsonNode> inputs, @Nullable Integer priority) {
    return refusals.refusal(type, inputs, priority);
  }

  /** What stands for the batch of these tasks. */
  String start(String task, String type, List<JsonNode> inputs, @Nullable Integer priority) {
    String batch = "new-" + ++begun;
    starts.add(new Decision.Start(batch, task + " #" + begun, type, inputs, priority));
    return batch;
  }

  /** The inputs of a task with their places filled in: one, or one for each item. */
  List<JsonNode> inputs(StageTask task) {
    return inputs(task, task.input());
  }

  /** The same for its fallback. */
  List<JsonNode> fallbackInputs(StageTask task) {
    return inputs(task, task.fallbackInput() == null ? task.input() : task.fallbackInput());
  }

  private List<JsonNode> inputs(StageTask task, @Nullable JsonNode given) {
    ObjectNode values = values();
    JsonNode template = given == null ? JsonNodeFactory.instance.objectNode() : given;
    if (task.forEach() == null) {
      return List.of(Template.filled(template, values));
    }
    JsonNode items = Template.value(Template.pathOf(task.forEach()).orElse(""), values);
    var inputs = new ArrayList<JsonNode>();
    for (JsonNode item : items) {
      values.set("item", item);
      inputs.add(Template.filled(template, values));
    }
    return inputs;
  }

  /** What templates may name: the run's id and input, and the results of its tasks. */
  ObjectNode values() {
    ObjectNode tasks = JsonNodeFactory.instance.objectNode();
    for (StageRun run : stages.values()) {
      run.tasks()
          .forEach((name, job) -> {
            if (job.output() != null) {
              tasks.set(name, job.output());
            }
          });
    }
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    values.put("run", id);
    values.set("input", input);
    values.set("tasks", tasks);
    return values;
  }
}
