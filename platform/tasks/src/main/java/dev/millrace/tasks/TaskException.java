package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A request that tasks refuse. The {@link #reason} is stable and meant for programs; the message
 * names the field and its value, the {@link #remedy} says what to do.
 */
public final class TaskException extends RuntimeException {
  /** Why, in a closed set; {@link #code} is how it is shown. */
  public enum Reason {
    /** The text is not a task id. */
    INVALID_ID("task-id-invalid"),
    /** There is no such task, or its history was purged. */
    NOT_FOUND("task-not-found"),
    /** No task type of that name is registered. */
    UNKNOWN_TYPE("task-type-unknown"),
    /** There is no such queue. */
    UNKNOWN_QUEUE("queue-not-found"),
    /** There is no such schedule. */
    NO_SCHEDULE("schedule-not-found"),
    /** There is a schedule of that name already. */
    SCHEDULE_EXISTS("schedule-exists"),
    /** The schedule belongs to somebody else: to code, or to people. */
    SCHEDULE_OWNED("schedule-owned"),
    /** No limit was set under that name. */
    NO_LIMIT("limit-not-found"),
    /** The input does not fit the type's input record. */
    INVALID_INPUT("task-input-invalid"),
    /** An option or filter has a value that is not allowed. */
    INVALID_OPTION("task-option-invalid"),
    /** The cursor was not made by a list of this filter. */
    INVALID_CURSOR("cursor-invalid"),
    /** The task's state does not allow it. */
    STATE("task-state"),
    /** A limit on size or number. */
    LIMIT("task-limit"),
    /** As many tasks of the tenant wait as may. */
    TENANT_FULL("tenant-full"),
    /** Memory is at its end; submissions are taken again when some is free. */
    MEMORY("tasks-memory"),
    /** The part is not started, or closed. */
    CLOSED("tasks-closed");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** The stable, kebab-case code that is shown to clients. */
    public String code() {
      return code;
    }
  }

  private final Reason reason;
  private final @Nullable String pointer;
  private final String remedy;

  private TaskException(
      Reason reason,
      @Nullable String pointer,
      String message,
      String remedy,
      @Nullable Throwable cause) {
    super(message + ". " + remedy, cause);
    this.reason = reason;
    this.pointer = pointer;
    this.remedy = remedy;
  }

  static TaskException of(Reason reason, @Nullable String field, String message, String remedy) {
    return of(reason, field, message, remedy, null);
  }

  static TaskException of(
      Reason reason,
      @Nullable String field,
      String message,
      String remedy,
      @Nullable Throwable cause) {
    return new TaskException(reason, field == null ? null : "/" + field, message, remedy, cause);
  }

  /** The same refusal for a field inside {@code parent}, for lists of submissions. */
  TaskException within(String parent) {
    String message = getMessage() == null ? "" : getMessage();
    String withoutRemedy = message.substring(0, message.length() - remedy.length() - 2);
    return new TaskException(
        reason,
        "/" + parent + (pointer == null ? "" : pointer),
        parent + ": " + withoutRemedy,
        remedy,
        getCause());
  }

  public Reason reason() {
    return reason;
  }

  /** JSON pointer of the wrong field in the request, such as {@code /input/name}. */
  public @Nullable String pointer() {
    return pointer;
  }

  /** What to do about it, one sentence. */
  public String remedy() {
    return remedy;
  }
}
