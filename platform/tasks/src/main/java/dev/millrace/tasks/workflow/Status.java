package dev.millrace.tasks.workflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a run, a stage or a task of a workflow stands. */
public enum Status {
  /** It has not begun. */
  WAITING,
  RUNNING,
  /** A stage at its sync point. */
  CHECKING,
  /** A run that starts nothing until it is resumed. */
  PAUSED,
  SUCCEEDED,
  /** Left out, as its policy says. */
  SKIPPED,
  FAILED,
  CANCELLED,
  /** What it did is being undone. */
  UNDOING,
  /** What it did was undone. */
  UNDONE;

  /** The word on the wire. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that {@link #word}. */
  @JsonCreator
  public static Status parse(String word) {
    return Words.parse(Status.class, "status", word);
  }

  /** Whether what comes behind may begin. */
  boolean through() {
    return this == SUCCEEDED || this == SKIPPED;
  }
}
