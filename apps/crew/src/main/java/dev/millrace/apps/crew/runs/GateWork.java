package dev.millrace.apps.crew.runs;

import dev.millrace.http.Json;
import dev.millrace.tasks.TaskType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads what a run has measured so far, for the gate before a stage.
 *
 * @param workflow the run
 * @param metrics that the gate looks at
 */
record GateWork(String workflow, List<String> metrics) {
  /** The task type. */
  static final String TYPE = "crew.gate";

  /**
   * The type of the task. Its result is a list of {@code {metrics}}, one for each source, because
   * the rules must hold with the numbers of each.
   *
   * @param runs finds a run by its id
   */
  static TaskType<GateWork, JsonNode> type(Function<String, Optional<RunReader>> runs) {
    return TaskType.io(
            TYPE,
            GateWork.class,
            JsonNode.class,
            (_, work) ->
                runs.apply(work.workflow())
                    .<JsonNode>map(run -> readings(run, Set.copyOf(work.metrics())))
                    .orElseGet(JsonNodeFactory.instance::arrayNode))
        .withQueue("crew");
  }

  private static JsonNode readings(RunReader run, Set<String> wanted) {
    ArrayNode readings = JsonNodeFactory.instance.arrayNode();
    run.readings()
        .forEach(reading -> {
          var found = new HashSet<>(reading.keySet());
          found.retainAll(wanted);
          if (!found.isEmpty()) {
            var metrics = readings.addObject().putObject("metrics");
            found.forEach(
                name -> metrics.set(name, Json.mapper().<JsonNode>valueToTree(reading.get(name))));
          }
        });
    return readings;
  }
}
