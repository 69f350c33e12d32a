package dev.millrace.tasks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Where a task stands. {@link Transition} lists every way from one state to another. */
public enum TaskState {
  /** Its time has not come. */
  SCHEDULED,
  /** For children, a signal or a limit. */
  WAITING,
  /** It runs as soon as its queue has a free slot. */
  READY,
  /** A handler is at work. */
  RUNNING,
  /** An attempt failed, another one is due. */
  RETRYING,
  /** Done, with its result. */
  SUCCEEDED,
  /** Out of attempts, refused for good by its handler, or parked because it ends its process. */
  DEAD,
  /** Given up on request. */
  CANCELLED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Whether the task is over, unless somebody drives it again. */
  public boolean finished() {
    return this == SUCCEEDED || this == DEAD || this == CANCELLED;
  }

  /** The name on the wire and in the database. */
  @JsonValue
  public String word() {
    return word;
  }

  /**
   * The state of that {@link #word}.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_OPTION} if there is none
   */
  @JsonCreator
  public static TaskState parse(String word) {
    for (TaskState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw TaskException.of(
        TaskException.Reason.INVALID_OPTION,
        "state",
        "'" + Texts.shortened(word, 40) + "' is not a state",
        "Use one of "
            + String.join(", ", Arrays.stream(values()).map(TaskState::word).toList())
            + ".");
  }
}
