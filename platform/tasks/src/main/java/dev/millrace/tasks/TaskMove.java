package dev.millrace.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be different about a task that waits; null leaves it as it is. Immutable.
 *
 * @param priority 0 urgent to 9 idle
 * @param queue where it waits
 * @param runAt when it is ready; a time in the past means now
 * @param input what its next attempt is given, as JSON; must fit its type's input record. Hidden
 *     values that are given back as they are shown stay as they are, and so do finished steps
 */
public record TaskMove(
    @Nullable Integer priority,
    @Nullable String queue,
    @Nullable Instant runAt,
    @Nullable JsonNode input) {
  private static final TaskMove NOTHING = new TaskMove(null, null, null, null);

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

  /**
   * Changes the input only; go on from here.
   *
   * @param input as {@link #withInput} takes it
   */
  public static TaskMove toInput(Object input) {
    return NOTHING.withInput(input);
  }

  public TaskMove withPriority(int value) {
    return new TaskMove(value, queue, runAt, input);
  }

  public TaskMove withQueue(String value) {
    return new TaskMove(priority, value, runAt, input);
  }

  public TaskMove withRunAt(Instant value) {
    return new TaskMove(priority, queue, value, input);
  }

  /**
   * The same with another input.
   *
   * @param value the type's input record, or JSON
   */
  public TaskMove withInput(Object value) {
    return new TaskMove(priority, queue, runAt, Json.MAPPER.<JsonNode>valueToTree(value));
  }

  boolean isEmpty() {
    return priority == null && queue == null && runAt == null && input == null;
  }
}
