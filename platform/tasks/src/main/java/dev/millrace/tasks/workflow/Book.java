package dev.millrace.tasks.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
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
    var again = Graph.of(workflow).from(java.util.List.of(stage));
    var stages = new LinkedHashMap<>(fresh.stages);
    this.stages.forEach((name, run) -> {
      if (stages.containsKey(name) && !again.contains(name) && run.status().through()) {
        stages.put(name, run);
      }
    });
    return new Book(input, stages, false, null, false, 0);
  }
}
