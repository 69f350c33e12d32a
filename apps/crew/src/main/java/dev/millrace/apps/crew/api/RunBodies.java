package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.apps.crew.decisions.DecisionId;
import dev.millrace.apps.crew.plan.ProcessGate;
import dev.millrace.apps.crew.runs.RunRequests;
import dev.millrace.apps.crew.runs.RunState;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Pattern;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.store.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is sent to runs of plans, and what they answer. */
final class RunBodies {
  private RunBodies() {}

  /** A request to plan and to run. */
  @Doc("A request to plan and to run.")
  public record Start(
      @Doc("The request, in Chinese or English.") @Size(min = 1, max = 20_000) String request,
      @Doc(
              "Id of the template to plan by, `auto` for the one that suits best; absent for a"
                  + " layout by roles.")
          @Nullable
          @Size(max = 60)
          String template,
      @Doc("For people, and for the workflow that the plan becomes.")
          @Nullable
          @Size(min = 1, max = 100)
          String name,
      @Doc("The project that the decision about the run is counted in.")
          @Default("crew")
          @Pattern(value = DecisionId.PROJECT, says = "up to 60 letters, digits, dots, dashes, _")
          String project,
      @Doc("Executors for this run, by the task's id or the agent's name.")
          @Default("{}")
          @Size(max = 100)
          Map<String, Executor> executors,
      @Doc("What executors may name as {{input.input…}}.") @Nullable JsonNode input,
      @Doc(
              "The workspace whose folder, branch and port its programs get; absent for a folder of"
                  + " the run's own.")
          @Nullable
          @Size(min = 1, max = 60)
          String workspace,
      @Doc(
              "How often the tasks of a stage run again where its sync point or gate does not pass;"
                  + " as the template says unless it is given.")
          @Nullable
          @Range(min = 0, max = 20)
          Integer gateRetries,
      @Doc("By stage what is looked at while it is at work; as the template says for all others.")
          @Default("{}")
          @Size(max = 50)
          Map<String, ProcessGate> processGates) {}

  /** The answer to a start. */
  @Doc("The answer to a start.")
  public record Started(
      @Doc("The run's id, which is that of the task that drives it.") String id,
      @Doc("The commit it stands in.") Position position,
      @Doc("Where to look how it goes.") String statusUrl) {}

  /** The commit in which something was told to a run. */
  @Doc("The commit in which something was told to a run.")
  public record Told(@Doc("The commit it stands in.") Position position) {}

  /** A stage, by name. */
  @Doc("A stage, by name.")
  public record AtStage(
      @Doc("The first stage that is done anew.") @Size(min = 1, max = 100) String stage) {}

  /** A word on a sync point: metrics, or yes and no. */
  @Doc("A word on a sync point: metrics, or yes and no.")
  public record SyncAnswer(
      @Doc("Metrics that the criteria wait for: numbers, truth values or texts.")
          @Nullable
          @Size(min = 1, max = 100)
          Map<String, JsonNode> metrics,
      @Doc("Yes or no, where a person is asked.") @Nullable Boolean approved,
      @Doc("Who says so.") @Nullable @Size(max = 100) String by,
      @Doc("Why.") @Nullable @Size(max = 2_000) String comment) {

    /** The metrics as values; null if one is none or there are no metrics. */
    @Nullable Map<String, Object> values() {
      if (metrics == null) {
        return null;
      }
      Map<String, Object> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> metric : metrics.entrySet()) {
        JsonNode value = metric.getValue();
        if (value.isNumber()) {
          values.put(metric.getKey(), value.numberValue());
        } else if (value.isBoolean()) {
          values.put(metric.getKey(), value.booleanValue());
        } else if (value.isString()) {
          values.put(metric.getKey(), value.stringValue());
        } else {
          return null;
        }
      }
      return values;
    }
  }

  /** Which runs a list shows. */
  public record RunQuery(
      @Doc("Words of the request or the name that must all be there, in Chinese or English.")
          @Nullable
          @Size(max = 200)
          String q,
      @Doc("Only runs whose decision is counted in this project.") @Nullable @Size(max = 60)
          String project,
      @Doc("Only runs whose request is about that.") @Nullable @Size(max = 100) String domain,
      @Doc("Only runs planned by this template; `roles` for the layout by roles.")
          @Nullable
          @Size(max = 60)
          String template,
      @Doc("Only runs that stand there.") @Nullable RunState state,
      @Doc("How many at most.") @Range(min = 1, max = 100) @Default("50") int limit,
      @Doc("`next` of the page before.") @Nullable @Size(max = 1_024) String cursor) {

    RunRequests.Wanted wanted() {
      return new RunRequests.Wanted(given(q), given(project), given(domain), given(template));
    }

    private static @Nullable String given(@Nullable String text) {
      return text == null || text.isBlank() ? null : text;
    }
  }

  /** Which lines a list shows. */
  public record LogQuery(
      @Doc("Words of stage, agent or what happened that must all be there.")
          @Nullable
          @Size(max = 200)
          String q,
      @Doc("Only those of this run.") @Nullable @Size(max = 100) String workflow,
      @Doc("Only those of this type, such as task.failed.") @Nullable @Size(max = 60) String type,
      @Doc("How many at most.") @Range(min = 1, max = 200) @Default("50") int limit,
      @Doc("`next` of the page before.") @Nullable @Size(max = 1_024) String cursor) {}

  /** Which work a list shows. */
  public record WorkQuery(
      @Doc("Only that of this run.") @Nullable @Size(max = 100) String workflow,
      @Doc("How many at most.") @Range(min = 1, max = 100) @Default("50") int limit,
      @Doc("`next` of the page before.") @Nullable @Size(max = 1_024) String cursor) {}
}
