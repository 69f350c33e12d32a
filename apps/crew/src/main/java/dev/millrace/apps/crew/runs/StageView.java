package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.plan.CheckHistory;
import dev.millrace.apps.crew.plan.ExecutionMode;
import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage of a run. */
@Doc("A stage of a run.")
public record StageView(
    @Doc("Its name in the plan.") String name,
    @Doc("What it is for.") String description,
    ExecutionMode mode,
    WorkState state,
    List<String> dependsOn,
    @Doc("From 1; one more with each roll-back.") int round,
    List<AgentTask> tasks,
    @Doc("What must hold before it begins; null for no such gate.") @Nullable SyncView entry,
    @Doc("What is looked at while it is at work; null for nothing.") @Nullable ProcessView process,
    @Doc("Where it ends, with its gate.") @Nullable SyncView sync,
    @Doc("How its check went before this run; null if too few were decided.")
        @Nullable CheckHistory outlook,
    PlannedTime planned,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {}
