package dev.millrace.tasks.workflow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All that a run of a workflow has come to, as the database keeps it. Immutable.
 *
 * @param input what the run was started with
 * @param stages by name, in the order of the definition
 * @param paused whether nothing new is started
 * @param failure why the run fails; null as long as it does not
 * @param undoing whether what has succeeded is undone
 * @param begun how many batches were begun so far
 */
public record Book(
    JsonNode input,
    Map<String, StageRun> stages,
    boolean paused,
    @Nullable String failure,
    boolean undoing,
    int begun) {

  /** The book of a run that has not begun. */
  public static Book of(Workflow workflow, JsonNode input) {
    var stages = new LinkedHashMap<String, StageRun>();
    workflow.stages().forEach(stage -> stages.put(stage.name(), StageRun.waiting(stage, 1)));
    return new Book(input, stages, false, null, false, 0);
  }

  /**
   * The book of a run that takes over what came before {@code stage}.
   *
   * @throws IllegalArgumentException if there is no such stage
   */
  public Book forked(Workflow workflow, String stage, JsonNode input) {
    var fresh = Book.of(workflow, input);
    if (!fresh.stages.containsKey(stage)) {
      throw new IllegalArgumentException(
          "there is no stage '"
              + stage
              + "'; there are "
              + String.join(", ", fresh.stages.keySet()));
    }
    var again = Graph.of(workflow).from(List.of(stage));
    var stages = new LinkedHashMap<>(fresh.stages);
    this.stages.forEach((name, run) -> {
      if (stages.containsKey(name) && !again.contains(name) && run.status().through()) {
        stages.put(name, run);
      }
    });
    return new Book(input, stages, false, null, false, 0);
  }

  /**
   * The book of a run that is over and begins again with {@code stage}: that one, all behind it,
   * and whatever else is not through are done anew.
   */
  public Book rolledBack(Workflow workflow, String stage) {
    var names = new ArrayList<String>(List.of(stage));
    stages.forEach((name, run) -> {
      if (!run.status().through()) {
        names.add(name);
      }
    });
    var anew = new LinkedHashMap<>(stages);
    for (String name : Graph.of(workflow).from(names)) {
      anew.computeIfPresent(
          name, (_, run) -> StageRun.waiting(workflow.stage(name), run.round() + 1));
    }
    return new Book(input, anew, false, null, false, begun);
  }

  /** The book with the ids of the batches that were begun. */
  public Book named(Map<String, String> ids) {
    var named = new LinkedHashMap<String, StageRun>();
    stages.forEach((name, run) -> {
      StageRun with = run;
      for (Map.Entry<String, JobRun> job : run.tasks().entrySet()) {
        with = with.with(job.getKey(), named(job.getValue(), ids));
      }
      JobRun validation = run.validation();
      named.put(name, validation == null ? with : with.withValidation(named(validation, ids)));
    });
    return new Book(input, named, paused, failure, undoing, begun);
  }

  private static JobRun named(JobRun job, Map<String, String> ids) {
    String id = job.batch() == null ? null : ids.get(job.batch());
    return id == null
        ? job
        : new JobRun(
            job.status(),
            id,
            job.fallback(),
            job.output(),
            job.error(),
            job.startedAt(),
            job.endedAt());
  }

  /** The batches that the run waits for. */
  public Set<String> openBatches() {
    var open = new HashSet<String>();
    for (StageRun run : stages.values()) {
      for (JobRun job : run.tasks().values()) {
        addOpen(job, open);
      }
      if (run.validation() != null) {
        addOpen(run.validation(), open);
      }
    }
    return open;
  }

  private static void addOpen(JobRun job, Set<String> open) {
    boolean atWork = job.status() == Status.RUNNING || job.status() == Status.UNDOING;
    if (atWork && job.batch() != null) {
      open.add(job.batch());
    }
  }
}
