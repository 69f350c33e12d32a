package dev.millrace.server.tasks;

import dev.millrace.http.HttpProblems;
import dev.millrace.http.ProblemException;
import dev.millrace.http.ProblemType;
import dev.millrace.http.schema.Fault;
import dev.millrace.tasks.TaskException;
import java.util.List;

/** The refusals of tasks and schedules as problems. */
public final class TaskProblems {
  public static final ProblemType ID_INVALID =
      new ProblemType(
          "task-id-invalid",
          400,
          "This is no task id",
          "Use an id as a submission or list gave it.");
  public static final ProblemType NOT_FOUND =
      new ProblemType(
          "task-not-found",
          404,
          "There is no such task",
          "Check the id; finished tasks are purged after the retention time.");
  public static final ProblemType TYPE_UNKNOWN =
      new ProblemType(
          "task-type-unknown",
          422,
          "No task type has that name",
          "Use one of the registered types; 'up --samples' adds some to try.");
  public static final ProblemType QUEUE_NOT_FOUND =
      new ProblemType(
          "queue-not-found",
          404,
          "There is no such queue",
          "Use a name that GET /api/v1/queues lists.");
  public static final ProblemType INPUT_INVALID =
      new ProblemType(
          "task-input-invalid",
          422,
          "The input does not fit the task type",
          "Mend the place that 'errors' names.");
  public static final ProblemType OPTION_INVALID =
      new ProblemType(
          "task-option-invalid",
          422,
          "An option has a value that is not allowed",
          "Mend the place that 'errors' names.");
  public static final ProblemType STATE =
      new ProblemType(
          "task-state",
          409,
          "The task's state does not allow this",
          "Look at the task's state first; it may have changed meanwhile.");
  public static final ProblemType LIMIT =
      new ProblemType(
          "task-limit",
          422,
          "This is larger than tasks may be",
          "Send less, or keep it elsewhere.");
  public static final ProblemType TENANT_FULL =
      new ProblemType(
          "tenant-full",
          429,
          "As many tasks of this tenant wait as may",
          "Submit again when some of them have run, or let more of them wait.");
  public static final ProblemType MEMORY =
      new ProblemType(
          "tasks-memory",
          503,
          "Memory is at its end",
          "Submit again after the seconds in Retry-After, or give the server more memory.");
  public static final ProblemType CLOSED =
      new ProblemType(
          "tasks-closed", 503, "Tasks are not taken now", "Try again when the server has started.");

  public static final ProblemType LIMIT_NOT_FOUND =
      new ProblemType(
          "limit-not-found",
          404,
          "No limit was set under that name",
          "Use a name that GET /api/v1/limits lists; limits that code declares cannot be removed.");
  public static final ProblemType SCHEDULE_NOT_FOUND =
      new ProblemType(
          "schedule-not-found",
          404,
          "There is no such schedule",
          "Use a name that GET /api/v1/schedules lists.");
  public static final ProblemType SCHEDULE_EXISTS =
      new ProblemType(
          "schedule-exists",
          409,
          "There is a schedule of that name already",
          "Replace it with PUT, or choose another name.");
  public static final ProblemType SCHEDULE_OWNED =
      new ProblemType(
          "schedule-owned",
          409,
          "The schedule is declared in code",
          "Pause it instead, or change the code.");

  private TaskProblems() {}

  /** The problem that answers a refusal. */
  public static ProblemException of(TaskException refusal) {
    ProblemType type =
        switch (refusal.reason()) {
          case INVALID_ID -> ID_INVALID;
          case NOT_FOUND -> NOT_FOUND;
          case UNKNOWN_TYPE -> TYPE_UNKNOWN;
          case UNKNOWN_QUEUE -> QUEUE_NOT_FOUND;
          case NO_SCHEDULE -> SCHEDULE_NOT_FOUND;
          case SCHEDULE_EXISTS -> SCHEDULE_EXISTS;
          case SCHEDULE_OWNED -> SCHEDULE_OWNED;
          case NO_LIMIT -> LIMIT_NOT_FOUND;
          case INVALID_INPUT -> INPUT_INVALID;
          case INVALID_OPTION -> OPTION_INVALID;
          case INVALID_CURSOR -> HttpProblems.CURSOR_INVALID;
          case STATE -> STATE;
          case LIMIT -> LIMIT;
          case TENANT_FULL -> TENANT_FULL;
          case MEMORY -> MEMORY;
          case CLOSED -> CLOSED;
        };
    String detail = String.valueOf(refusal.getMessage());
    String pointer = refusal.pointer();
    return pointer == null
        ? type.because(detail)
        : type.because(detail, List.of(new Fault(pointer, detail, refusal.reason().code())));
  }
}
