package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.analysis.Complexity;
import dev.millrace.apps.crew.analysis.Thinking;
import dev.millrace.apps.crew.analysis.Tier;
import dev.millrace.apps.crew.plan.ExecutionMode;
import dev.millrace.http.schema.Doc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A plan that is run. */
@Doc("A plan that is run.")
public record RunView(
    @Doc("Its id, which is that of the task that drives it.") String id,
    @Doc("For people.") @Nullable String name,
    @Doc("The workflow that it became.") String definition,
    @Doc("The version of that.") int version,
    @Doc("What was asked for.") String request,
    @Doc("Where it stands.") RunState state,
    @Doc("How far it is, in percent: 60 for stages, 40 for tasks.") double progress,
    @Doc("Stages at work.") List<String> currentStages,
    @Doc("Why it failed.") @Nullable String failure,
    @Doc("How often it was rolled back; at most 5 times.") int recoveries,
    ExecutionMode mode,
    Tier tier,
    Complexity complexity,
    double index,
    String domain,
    int priority,
    Thinking thinking,
    List<String> roles,
    @Nullable String templateId,
    double estimateHours,
    @Doc("What executors may name as {{input.input…}}.") @Nullable JsonNode input,
    List<StageView> stages,
    @Doc("What was measured and handed in so far.") Map<String, Double> qualityMetrics,
    @Doc("The stages on the longest way so far.") List<String> criticalPath,
    @Doc("How long that way took so far.") Duration took,
    @Doc("The workspace that its programs work in; null for a folder of its own.")
        @Nullable String workspace,
    @Doc("The decision that was recorded at its end.") @Nullable String decision,
    @Doc("The execution that was recorded at its end.") @Nullable Long execution,
    Instant startedAt,
    @Nullable Instant endedAt) {

  /** Whether it tells more than {@code before}; the clock alone is no news. */
  boolean says(RunView before) {
    return state != before.state
        || progress != before.progress
        || recoveries != before.recoveries
        || !stages.equals(before.stages)
        || !Objects.equals(failure, before.failure)
        || !Objects.equals(decision, before.decision)
        || !Objects.equals(execution, before.execution);
  }
}
