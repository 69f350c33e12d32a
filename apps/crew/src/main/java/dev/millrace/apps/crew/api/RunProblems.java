package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.runs.RunException;
import dev.millrace.apps.crew.work.ExecutorCheck;
import dev.millrace.http.HttpProblems;
import dev.millrace.http.ProblemException;
import dev.millrace.http.ProblemType;
import dev.millrace.http.schema.Fault;
import dev.millrace.tasks.TaskException;
import java.util.List;
import java.util.function.Supplier;

/** The refusals of runs as problems. */
final class RunProblems {
  private RunProblems() {}

  /** Does {@code work} and answers its refusals as problems. */
  static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (RunException refused) {
      throw of(refused);
    } catch (TaskException refused) {
      throw of(refused);
    }
  }

  /** Refuses a request for faults of executors, if there are any. */
  static void refuse(List<Fault> faults) {
    if (!faults.isEmpty()) {
      boolean program = faults.stream().anyMatch(each -> ExecutorCheck.PROGRAM.equals(each.code()));
      ProblemType type = program ? CrewProblems.PROGRAM_NOT_ALLOWED : CrewProblems.EXECUTOR_INVALID;
      Fault first = faults.getFirst();
      throw type.because(first.pointer() + ": " + first.detail() + ".", faults);
    }
  }

  private static ProblemException of(RunException refused) {
    ProblemType type =
        switch (refused.reason()) {
          case NOT_FOUND -> CrewProblems.WORKFLOW_NOT_FOUND;
          case STAGE_UNKNOWN -> CrewProblems.STAGE_NOT_FOUND;
          case STATE -> CrewProblems.WORKFLOW_STATE;
          case RECOVERIES -> CrewProblems.RECOVERIES_USED_UP;
          case WORKSPACE -> CrewProblems.WORKSPACE_CLOSED;
          case PROGRAM -> CrewProblems.PROGRAM_NOT_ALLOWED;
          case EXECUTOR -> CrewProblems.EXECUTOR_INVALID;
        };
    return type.because(refused.getMessage() + ".", refused.faults());
  }

  /** Refusals of the platform that do not depend on what the request says are left as they are. */
  private static RuntimeException of(TaskException refused) {
    String message = String.valueOf(refused.getMessage());
    return switch (refused.reason()) {
      case NOT_FOUND, INVALID_ID -> CrewProblems.WORKFLOW_NOT_FOUND.because(message);
      case STATE -> CrewProblems.WORKFLOW_STATE.because(message);
      case INVALID_CURSOR -> HttpProblems.CURSOR_INVALID.because(message);
      // What else there is has nothing to do with runs; others may add to it.
      default -> refused;
    };
  }
}
