package dev.millrace.apps.crew.plan;

import dev.millrace.apps.crew.analysis.Thinking;
import dev.millrace.http.schema.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a plan whose tasks run together and end at one point. */
@Doc("A part of a plan whose tasks run together and end at one point.")
public record Stage(
    @Doc("Unique within the plan.") String name,
    @Doc("What it is for.") String description,
    @Doc("How its tasks follow each other.") ExecutionMode mode,
    @Doc("Ids of its tasks, in order.") List<String> tasks,
    @Doc("Stages that must be over before.") List<String> dependsOn,
    @Doc("Where it ends; null if it just ends.") @Nullable SyncPoint sync,
    @Doc("By metric the rule that it must fulfil after the sync point; null for no gate.")
        @Nullable Map<String, String> gate,
    @Doc("How its check went before; null if it has none, or too few were decided.")
        @Nullable CheckHistory checks,
    @Doc("How hard its agents are told to think.") Thinking thinking,
    @Doc("How long it may take before the run fails; never less than its tasks may.")
        Duration timeout,
    @Doc("By metric the rule that must hold before it begins; null for no such gate.")
        @Nullable Map<String, String> entry,
    @Doc("How often its tasks run again where its sync point or gate does not pass.")
        Integer retries,
    @Doc("What is looked at while it is at work; null for nothing.")
        @Nullable ProcessGate process) {
  @SuppressWarnings("NullAway") // Absent in plans of runs that were started before it was.
  public Stage {
    retries = retries == null ? 0 : retries;
  }

  /** The same where its check, if it has one, is tried again so often. */
  Stage withRetries(int times) {
    boolean checked = sync != null || gate != null;
    return new Stage(
        name,
        description,
        mode,
        tasks,
        dependsOn,
        sync,
        gate,
        checks,
        thinking,
        timeout,
        entry,
        checked ? times : 0,
        process);
  }

  /** The same, watched while it is at work. */
  Stage withProcess(ProcessGate watch) {
    return new Stage(
        name,
        description,
        mode,
        tasks,
        dependsOn,
        sync,
        gate,
        checks,
        thinking,
        timeout,
        entry,
        retries,
        watch);
  }
}
