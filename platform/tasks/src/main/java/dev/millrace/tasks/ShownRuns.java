package dev.millrace.tasks;

import dev.millrace.tasks.workflow.Book;
import dev.millrace.tasks.workflow.JobRun;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs of workflows as people may see them: without what the types of their tasks hide. */
final class ShownRuns {
  private final TypeRegistry types;

  ShownRuns(TypeRegistry types) {
    this.types = types;
  }

  JsonNode input(Book book) {
    return types.redaction(Workflows.TYPE).shown(book.input());
  }

  /**
   * @param heldUp the batches whose tasks a limit holds up: they wait, and are not at work
   */
  Map<String, StageRun> stages(Workflow workflow, Book book, Set<String> heldUp) {
    var shown = new LinkedHashMap<>(book.stages());
    for (Stage stage : workflow.stages()) {
      shown.computeIfPresent(stage.name(), (_, run) -> stage(stage, run, heldUp));
    }
    return shown;
  }

  private StageRun stage(Stage stage, StageRun run, Set<String> heldUp) {
    var tasks = new LinkedHashMap<>(run.tasks());
    for (StageTask task : stage.tasks()) {
      tasks.computeIfPresent(task.name(), (_, job) -> job(task, job, heldUp));
    }
    JobRun validation = run.validation();
    StageTask validating = stage.validation();
    return run.withTasks(
        tasks,
        validation == null || validating == null
            ? validation
            : job(validating, validation, heldUp));
  }

  private JobRun job(StageTask task, JobRun job, Set<String> heldUp) {
    if (job.status() == Status.RUNNING && job.batch() != null && heldUp.contains(job.batch())) {
      return job.heldUp();
    }
    JsonNode output = job.output();
    if (output == null) {
      return job;
    }
    String fallback = task.fallback();
    Redaction redaction =
        types.redaction(job.fallback() && fallback != null ? fallback : task.type());
    return job.withOutput(
        task.forEach() == null ? redaction.shown(output) : each(redaction, output));
  }

  /** The results of all items are a list, and pointers lead through one of them. */
  private static @Nullable JsonNode each(Redaction redaction, JsonNode outputs) {
    var shown = Json.MAPPER.createArrayNode();
    outputs.forEach(output -> shown.add(redaction.shown(output)));
    return shown;
  }
}
