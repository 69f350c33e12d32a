package dev.millrace.apps.crew.plan;

import dev.millrace.apps.crew.gates.Criterion;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage as a template has it. */
@Doc("A stage as a template has it.")
public record Phase(
    @Doc("Unique within the template.") @Size(min = 1, max = 60) String name,
    @Doc("What it is for.") @Nullable @Size(max = 1_000) String description,
    @Doc("Names of the agents that work in it.") @Size(min = 1, max = 50) List<String> agents,
    @Doc("Whether they work at the same time.") @Default("false") boolean parallel,
    @Doc("Phases that must be over before; none for the first.") @Default("[]") @Size(max = 50)
        List<String> dependsOn,
    @Doc("Where it ends.") @Nullable SyncPoint syncPoint,
    @Doc("By metric the rule that it must fulfil.") @Nullable @Size(max = 50)
        Map<String, String> gate,
    @Doc("How long it may take before the run fails.") @Default("PT30M") Duration timeLimit,
    @Doc(
            "How its agents follow each other: sequential, parallel, parallel-then-sync (the"
                + " same with a check at the end, which must be there), layered (design,"
                + " implementation, quality and so on one after the other, parallel inside) or"
                + " domain-parallel (the same groups at the same time, one after the other inside);"
                + " by default as parallel says.")
        @Nullable ExecutionMode mode,
    @Doc("By metric the rule that must hold before it begins, over what was measured before it.")
        @Nullable
        @Size(max = 50)
        Map<String, String> entry,
    @Doc("How often its tasks run again where its sync point or gate does not pass.")
        @Default("0")
        @Range(min = 0, max = 20)
        Integer retries,
    @Doc("What is looked at while it is at work, by which it may end early.")
        @Nullable ProcessGate process) {

  /** How long a phase may take unless somebody says otherwise. */
  public static final Duration USUAL_TIME_LIMIT = Duration.ofMinutes(30);

  /** One whose agents work at the same time, or one after the other. */
  public Phase(
      String name,
      @Nullable String description,
      List<String> agents,
      boolean parallel,
      List<String> dependsOn,
      @Nullable SyncPoint syncPoint,
      @Nullable Map<String, String> gate,
      Duration timeLimit) {
    this(
        name,
        description,
        agents,
        parallel,
        dependsOn,
        syncPoint,
        gate,
        timeLimit,
        null,
        null,
        0,
        null);
  }

  /** The same, watched while it is at work. */
  Phase withProcess(ProcessGate watch) {
    return new Phase(
        name,
        description,
        agents,
        parallel,
        dependsOn,
        syncPoint,
        gate,
        timeLimit,
        mode,
        entry,
        retries,
        watch);
  }

  /** How its agents follow each other. */
  ExecutionMode order() {
    if (mode != null) {
      return mode;
    }
    return parallel ? ExecutionMode.PARALLEL : ExecutionMode.SEQUENTIAL;
  }

  @SuppressWarnings("NullAway") // Absent in templates that were kept before there were such.
  public Phase {
    retries = retries == null ? 0 : retries;
    timeLimit = timeLimit == null ? USUAL_TIME_LIMIT : timeLimit;
    if (!timeLimit.isPositive()) {
      throw new IllegalArgumentException(
          "timeLimit: " + timeLimit + " is no time to work in; use more than none, such as PT30M");
    }
    if (mode == ExecutionMode.HYBRID) {
      throw new IllegalArgumentException(
          "mode: hybrid is for whole plans; use sequential, parallel, parallel-then-sync, layered"
              + " or domain-parallel");
    }
    if (mode == ExecutionMode.PARALLEL_THEN_SYNC && syncPoint == null && gate == null) {
      throw new IllegalArgumentException(
          "mode: parallel-then-sync ends in a check; give the phase a syncPoint or a gate, or use"
              + " parallel");
    }
    agents = List.copyOf(agents);
    dependsOn = List.copyOf(dependsOn);
    if (gate != null) {
      gate = Criterion.inOrder(gate);
      gate.forEach(Criterion::parse);
    }
    if (entry != null) {
      entry = Criterion.inOrder(entry);
      entry.forEach(Criterion::parse);
    }
  }
}
