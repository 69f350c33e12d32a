package dev.millrace.tasks.workflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of a workflow when a task of it is dead, its own attempts used up. */
public enum OnFailure {
  /** The workflow fails. Driven again, it goes on with the task that failed. */
  FAIL,
  /** The task is left out, and its stage goes on. */
  SKIP,
  /**
   * The task's {@link StageTask#fallback} runs in its place; if that is dead too, the workflow
   * fails.
   */
  FALLBACK,
  /**
   * What has succeeded is undone by its {@link StageTask#compensate}, latest first; then it fails.
   */
  COMPENSATE;

  /** The word on the wire. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static OnFailure parse(String word) {
    return Words.parse(OnFailure.class, "onFailure", word);
  }
}
