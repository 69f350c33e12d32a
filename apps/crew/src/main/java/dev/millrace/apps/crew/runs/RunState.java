package dev.millrace.apps.crew.runs;

import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.Status;
import java.util.Collection;

/** Where a run stands, in the words of crews. */
public enum RunState {
  /** No stage has begun. */
  INITIALIZED,
  RUNNING,
  PAUSED,
  COMPLETED,
  FAILED,
  CANCELLED;

  static RunState of(Status status, Collection<StageRun> stages) {
    return switch (status) {
      case SUCCEEDED -> COMPLETED;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
      case PAUSED -> PAUSED;
      case WAITING, RUNNING, CHECKING, SKIPPED, UNDOING, UNDONE ->
          stages.stream().allMatch(stage -> stage.status() == Status.WAITING)
              ? INITIALIZED
              : RUNNING;
    };
  }

  boolean isOver() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
