package dev.millrace.tasks;

import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.SubWorkflow;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.tasks.workflow.Workflow.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Definitions of workflows as people see them: without what the types of their tasks hide of the
 * inputs that stand there, and back again where people give back what they were shown.
 */
final class ShownWorkflows {
  private final TypeRegistry types;

  ShownWorkflows(TypeRegistry types) {
    this.types = types;
  }

  /** What becomes of a task at a place. */
  private interface Places {
    StageTask of(Stage stage, StageTask task, String pointer);
  }

  /** What becomes of an input of a task: of "input", or of "fallbackInput". */
  private interface Change {
    JsonNode of(Redaction redaction, String field, JsonNode input);
  }

  private static Workflow changed(Workflow workflow, Places change) {
    var stages = new ArrayList<Stage>();
    for (int i = 0; i < workflow.stages().size(); i++) {
      Stage stage = workflow.stages().get(i);
      String at = "/stages/" + i;
      var tasks = new ArrayList<StageTask>();
      for (int j = 0; j < stage.tasks().size(); j++) {
        tasks.add(change.of(stage, stage.tasks().get(j), at + "/tasks/" + j));
      }
      StageTask validation = stage.validation();
      stages.add(
          new Stage(
              stage.name(),
              stage.after(),
              stage.mode(),
              tasks,
              stage.sync(),
              validation == null ? null : change.of(stage, validation, at + "/validation"),
              stage.timeLimit(),
              stage.watch(),
              stage.title()));
    }
    return new Workflow(workflow.name(), workflow.description(), stages);
  }

  private StageTask changed(StageTask task, Change change) {
    String fallback = task.fallback();
    Redaction ofFallback = redaction(fallback == null ? task.type() : fallback);
    JsonNode input = task.input();
    JsonNode other = task.fallbackInput();
    return task.withInputs(
        input == null ? null : change.of(redaction(task.type()), "input", input),
        other == null ? null : change.of(ofFallback, "fallbackInput", other));
  }

  /** Runs of other workflows hide what all types hide. */
  private Redaction redaction(String type) {
    return types.redaction(SubWorkflow.name(type).isPresent() ? Workflows.TYPE : type);
  }

  Workflow shown(Workflow workflow) {
    return changed(
        workflow, (_, task, _) -> changed(task, (redaction, _, input) -> redaction.shown(input)));
  }

  /** With what is hidden taken from {@code known} where it is given back as it was shown. */
  Workflow restored(Workflow workflow, Workflow known) {
    return changed(
        workflow,
        (stage, task, _) -> {
          Optional<StageTask> before = find(known, stage, task);
          return before.isEmpty() ? task : restored(task, before.get());
        });
  }

  private StageTask restored(StageTask task, StageTask before) {
    return changed(
        task,
        (redaction, field, input) -> {
          JsonNode was = field.equals("input") ? before.input() : before.fallbackInput();
          return was == null ? input : redaction.restored(input, was);
        });
  }

  private static Optional<StageTask> find(Workflow known, Stage stage, StageTask task) {
    return known.stages().stream()
        .filter(each -> each.name().equals(stage.name()))
        .flatMap(each -> Stream.concat(each.tasks().stream(), Stream.ofNullable(each.validation())))
        .filter(each -> each.name().equals(task.name()) && each.type().equals(task.type()))
        .findFirst();
  }

  /** Where what is shown in the place of a hidden value stands. */
  List<Problem> givenBack(Workflow workflow) {
    var problems = new ArrayList<Problem>();
    Workflow _ =
        changed(
            workflow,
            (_, task, pointer) ->
                changed(
                    task,
                    (redaction, field, input) -> {
                      String place = redaction.givenBack(input);
                      if (place != null) {
                        problems.add(
                            new Problem(
                                pointer + "/" + field + "/" + place,
                                "what is shown in the place of a hidden value stands there; give"
                                    + " the value itself"));
                      }
                      return input;
                    }));
    return problems;
  }
}
