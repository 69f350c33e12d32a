package dev.millrace.server.workflows;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.workflow.OnFailure;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageMode;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.Watch;
import dev.millrace.tasks.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A definition of a workflow, as clients send it. */
public record WorkflowBody(
    @Doc("Lower-case letters, digits, dashes and underscores.") @Size(min = 1, max = 100)
        String name,
    @Doc("For people.") @Nullable @Size(max = 2_000) String description,
    @Doc("Its stages.") @Size(min = 1, max = 200) List<StageBody> stages) {

  static final WorkflowBody EXAMPLE =
      new WorkflowBody(
          "demo",
          "Three steps, then a look at what they did.",
          List.of(
              new StageBody(
                  "work",
                  List.of(),
                  StageMode.PARALLEL,
                  List.of(
                      new TaskBody(
                          "steps",
                          "sample.steps",
                          JsonNodeFactory.instance.objectNode().put("steps", 3).put("ms", 200),
                          null,
                          List.of(),
                          null,
                          OnFailure.FAIL,
                          null,
                          null,
                          Duration.ofSeconds(1))),
                  new SyncBody(
                      SyncPoint.Type.APPROVAL,
                      null,
                      null,
                      null,
                      null,
                      Duration.ofHours(1),
                      null,
                      null,
                      0),
                  null,
                  Duration.ofMinutes(10),
                  null,
                  "工作")));

  /** A stage. */
  public record StageBody(
      @Doc("Unique in the workflow.") @Size(min = 1, max = 100) String name,
      @Doc("Stages that must be through first.") @Default("[]") @Size(max = 200) List<String> after,
      @Doc("In which order its tasks run.") @Default("parallel") StageMode mode,
      @Doc("Its tasks.") @Size(min = 1, max = 1_000) List<TaskBody> tasks,
      @Doc("What must be true at its end.") @Nullable SyncBody sync,
      @Doc("A task that checks it beside the stages that follow.") @Nullable TaskBody validation,
      @Doc("How long its tasks may take before the run fails; no limit unless it is given.")
          @Nullable Duration timeLimit,
      @Doc("What is looked at while its tasks are at work.") @Nullable WatchBody watch,
      @Doc("What people call it, in any script; its name if it is left out.")
          @Nullable
          @Size(min = 1, max = 200)
          String title) {
    Stage stage() {
      return new Stage(
          name,
          after,
          mode,
          tasks.stream().map(TaskBody::task).toList(),
          sync == null ? null : sync.point(),
          validation == null ? null : validation.task(),
          timeLimit,
          watch == null ? null : new Watch(plain(watch.criteria()), watch.stops()),
          title);
    }
  }

  /** What is looked at while a stage is at work. */
  public record WatchBody(
      @Doc("Rules by metric, such as \">=80\"; one that nobody has measured yet says nothing.")
          @Size(min = 1, max = 100)
          Map<String, JsonNode> criteria,
      @Doc("Whether the run fails where one does not hold; else it goes on and the page warns.")
          @Default("true")
          boolean stops) {}

  /** A task of a stage. */
  public record TaskBody(
      @Doc("Unique in the workflow.") @Size(min = 1, max = 100) String name,
      @Doc("A registered task type, or workflow:NAME for a run of another workflow.")
          @Size(min = 1, max = 110)
          String type,
      @Doc("What it takes; {{input.x}} and {{tasks.name.x}} are replaced by values.")
          @Nullable JsonNode input,
      @Doc("A place such as {{input.items}} that leads to a list: a task runs for each {{item}}.")
          @Nullable
          @Size(max = 200)
          String forEach,
      @Doc("Tasks of the stage that must be through first, in mode hybrid.") @Default("[]")
          List<String> after,
      @Doc("0 urgent to 9 idle, if not the type's own.") @Nullable @Range(min = 0, max = 9)
          Integer priority,
      @Doc("What becomes of the workflow if it is dead.") @Default("fail") OnFailure onFailure,
      @Doc("The type or workflow:NAME that takes over.") @Nullable @Size(max = 110) String fallback,
      @Doc("The type or workflow:NAME that undoes it.") @Nullable @Size(max = 110)
          String compensate,
      @Doc("How long it takes, for the critical path.") @Nullable Duration estimate) {
    StageTask task() {
      return new StageTask(
          name, type, input, forEach, after, priority, onFailure, fallback, compensate, estimate);
    }
  }

  /** A sync point. */
  public record SyncBody(
      @Doc("What is looked at.") SyncPoint.Type type,
      @Doc("Rules by metric, such as \">=80\".") @Nullable Map<String, JsonNode> criteria,
      @Doc("A condition over the metrics.") @Nullable @Size(max = 2_000) String where,
      @Doc("Of a consensus, the share that must agree; 0.8 unless it is given.")
          @Nullable Double agreement,
      @Doc("Of a quorum, how many tasks must have succeeded.") @Nullable Integer quorum,
      @Doc("How long people or metrics are waited for; PT24H unless it is given.")
          @Nullable Duration timeLimit,
      @Doc("Whom to ask when the time limit is over.") @Nullable @Size(max = 100) String escalateTo,
      @Doc("Whether the workflow fails if it does not pass; true unless it is given.")
          @Nullable Boolean mustPass,
      @Doc("How often the stage's tasks run again where it does not pass, before that is final.")
          @Range(min = 0, max = SyncPoint.MOST_RETRIES)
          @Default("0")
          int retries) {
    SyncPoint point() {
      return new SyncPoint(
          type,
          plain(criteria),
          where,
          agreement == null ? SyncPoint.AGREEMENT : agreement,
          quorum,
          timeLimit == null ? SyncPoint.TIME_LIMIT : timeLimit,
          escalateTo,
          mustPass == null || mustPass,
          retries);
    }
  }

  /** Texts, numbers and booleans as they are; anything else as its JSON. */
  static Map<String, Object> plain(@Nullable Map<String, JsonNode> values) {
    var plain = new LinkedHashMap<String, Object>();
    if (values != null) {
      values.forEach((name, value) -> plain.put(name, plain(value)));
    }
    return plain;
  }

  private static Object plain(JsonNode value) {
    if (value.isNumber()) {
      return value.numberValue();
    }
    return value.isBoolean()
        ? (Object) value.booleanValue()
        : value.isString() ? value.stringValue() : value.toString();
  }

  Workflow workflow() {
    return new Workflow(name, description, stages.stream().map(StageBody::stage).toList());
  }
}
