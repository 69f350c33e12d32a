package dev.millrace.apps.crew.runs;

import dev.millrace.store.journal.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens in runs of plans; each stands in the commit that makes it true. Stages have the
 * names of the plan; {@code gate} is entry, process or exit, and null in events from before it was
 * told.
 */
public sealed interface RunEvent {
  /** Work was handed to an agent. */
  record TaskStarted(String workflow, String stage, String task, String agent, boolean fallback)
      implements RunEvent {}

  /** An agent's work is done. */
  record TaskCompleted(
      String workflow,
      String stage,
      String task,
      String agent,
      @Nullable String conclusion,
      boolean skipped)
      implements RunEvent {}

  /** An agent's work failed for good, or was left out for that. */
  record TaskFailed(
      String workflow, String stage, String task, String agent, @Nullable String error)
      implements RunEvent {}

  /** A stage is through. */
  record PhaseComplete(String workflow, String stage, int round) implements RunEvent {}

  /** A stage waits at its sync point for metrics or a person. */
  record SyncWaiting(String workflow, String stage, @Nullable String gate, String until)
      implements RunEvent {}

  /** A stage has passed its sync point. */
  record SyncPassed(String workflow, String stage, @Nullable String gate, @Nullable String by)
      implements RunEvent {}

  /** A stage has not passed its sync point. */
  record SyncFailed(String workflow, String stage, @Nullable String gate, List<String> failed)
      implements RunEvent {}

  /** Criteria of a quality gate do not hold. */
  record GateFailed(String workflow, String stage, @Nullable String gate, List<String> failed)
      implements RunEvent {}

  /** Tasks of a stage run again because it has not passed its sync point. */
  record GateRetried(String workflow, String stage, int retry, List<String> failed)
      implements RunEvent {}

  /**
   * What was measured while a stage is at work does not hold, and the stage goes on.
   *
   * @param failed what does not hold now
   */
  record GateWarned(String workflow, String stage, List<String> failed) implements RunEvent {}

  /** A run began with a stage whose check is more likely to fail than to pass. */
  record GateAtRisk(
      String workflow, String stage, double chance, long checks, @Nullable String weakest)
      implements RunEvent {}

  /** All kinds of events. */
  static List<EventType<?>> types() {
    return List.of(
        EventType.of("task.started", 1, TaskStarted.class),
        EventType.of("task.completed", 1, TaskCompleted.class),
        EventType.of("task.failed", 1, TaskFailed.class),
        EventType.of("workflow.phase-complete", 1, PhaseComplete.class),
        EventType.of("sync.waiting", 1, SyncWaiting.class),
        EventType.of("sync.passed", 1, SyncPassed.class),
        EventType.of("sync.failed", 1, SyncFailed.class),
        EventType.of("quality.gate-failed", 1, GateFailed.class),
        EventType.of("quality.gate-retried", 1, GateRetried.class),
        EventType.of("quality.gate-warned", 1, GateWarned.class),
        EventType.of("quality.gate-at-risk", 1, GateAtRisk.class));
  }
}
