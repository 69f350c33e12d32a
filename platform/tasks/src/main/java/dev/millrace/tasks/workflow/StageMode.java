package dev.millrace.tasks.workflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** In which order the tasks of a stage run. */
public enum StageMode {
  /** One after another, as they are listed. */
  SEQUENTIAL,
  /** All at once. */
  PARALLEL,
  /** Each when the tasks that it names in {@link StageTask#after} are through. */
  HYBRID;

  /** The word on the wire. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static StageMode parse(String word) {
    return Words.parse(StageMode.class, "mode", word);
  }
}
