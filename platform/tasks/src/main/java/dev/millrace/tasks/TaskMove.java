package dev.millrace.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different about a task that waits; null leaves it as it is. Immutable.
 *
 * @param priority 0 urgent to 9 idle
 * @param queue where it waits
 * @param runAt when it is ready; a time in the past means now
 */
public record TaskMove(
    @Nullable Integer priority, @Nullable String queue, @Nullable Instant runAt) {
  private static final TaskMove NOTHING = new TaskMove(null, null, null);

  /**
   * Checks every field.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_OPTION}
   */
  public TaskMove {
    if (priority != null) {
      Limits.checkPriority(priority);
    }
    if (queue != null) {
      Limits.checkQueue(queue);
    }
    if (runAt != null && runAt.isAfter(Limits.LATEST)) {
      throw Limits.option("runAt", runAt, "Use a time before " + Limits.LATEST + ".");
    }
  }

  /** Changes the priority only; go on from here. */
  public static TaskMove toPriority(int priority) {
    return NOTHING.withPriority(priority);
  }

  /** Changes the queue only; go on from here. */
  public static TaskMove toQueue(String queue) {
    return NOTHING.withQueue(queue);
  }

  /** Changes when it is ready only; go on from here. */
  public static TaskMove toRunAt(Instant runAt) {
    return NOTHING.withRunAt(runAt);
  }

  public TaskMove withPriority(int value) {
    return new TaskMove(value, queue, runAt);
  }

  public TaskMove withQueue(String value) {
    return new TaskMove(priority, value, runAt);
  }

  public TaskMove withRunAt(Instant value) {
    return new TaskMove(priority, queue, value);
  }

  boolean isEmpty() {
    return priority == null && queue == null && runAt == null;
  }
}
