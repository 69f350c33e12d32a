package dev.millrace.apps.crew.runs;

import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.workflow.Status;
import org.jspecify.annotations.Nullable;

/** Where a stage or a task of a run stands. */
public enum WorkState {
  /** Its time has not come. */
  CREATED,
  /** It waits: a task for those before it in its stage, or for a person. */
  WAITING,
  RUNNING,
  /** A stage at its sync point. */
  CHECKING,
  COMPLETED,
  FAILED,
  SKIPPED,
  /** An attempt failed, another one is due. */
  RETRYING,
  CANCELLED;

  /** Of a stage. */
  static WorkState ofStage(Status status, RunState run) {
    return switch (status) {
      case WAITING, PAUSED -> CREATED;
      case RUNNING, UNDOING -> run.isOver() ? CANCELLED : RUNNING;
      case CHECKING -> run.isOver() ? CANCELLED : CHECKING;
      case SUCCEEDED -> COMPLETED;
      case SKIPPED -> SKIPPED;
      case FAILED -> FAILED;
      case CANCELLED, UNDONE -> CANCELLED;
    };
  }

  /** Of a stage that begins behind a gate. */
  static WorkState behind(Status gate, WorkState own, RunState run) {
    return switch (gate) {
      case RUNNING, CHECKING -> run.isOver() ? CANCELLED : CHECKING;
      case FAILED -> FAILED;
      case WAITING, PAUSED, SUCCEEDED, SKIPPED, CANCELLED, UNDOING, UNDONE -> own;
    };
  }

  /**
   * Of a task.
   *
   * @param stage where its stage stands
   * @param leftOut whether its result says so
   * @param task of the platform's task that is at work for it; null if there is none
   */
  static WorkState ofTask(
      Status status, WorkState stage, RunState run, boolean leftOut, @Nullable TaskState task) {
    return switch (status) {
      case WAITING, PAUSED -> stage == CREATED ? CREATED : run.isOver() ? CANCELLED : WAITING;
      case RUNNING, CHECKING, UNDOING -> {
        if (run.isOver()) {
          yield CANCELLED;
        }
        yield task == TaskState.RETRYING ? RETRYING : task == TaskState.WAITING ? WAITING : RUNNING;
      }
      case SUCCEEDED -> leftOut ? SKIPPED : COMPLETED;
      case SKIPPED -> SKIPPED;
      case FAILED -> FAILED;
      case CANCELLED, UNDONE -> CANCELLED;
    };
  }
}
