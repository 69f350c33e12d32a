package dev.millrace.apps.crew.executions;

import dev.millrace.store.journal.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something was learned: an execution was recorded, or rated. */
public record Feedback(
    long execution,
    String domain,
    String complexity,
    List<String> agents,
    double seconds,
    boolean success,
    @Nullable Integer satisfaction) {
  public static final EventType<Feedback> TYPE =
      EventType.of("learning.feedback", 1, Feedback.class);

  static Feedback of(Execution execution) {
    return new Feedback(
        execution.id(),
        execution.domain(),
        execution.complexity(),
        execution.agents(),
        execution.seconds(),
        execution.success(),
        execution.satisfaction());
  }
}
