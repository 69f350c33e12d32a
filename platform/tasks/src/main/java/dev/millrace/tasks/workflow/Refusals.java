package dev.millrace.tasks.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells whether a task type takes inputs. Without effects, and always of the same mind. */
@FunctionalInterface
public interface Refusals {
  /**
   * Why one of the inputs is refused, for people; null if all are taken.
   *
   * @param priority of the tasks; null for the type's own
   */
  @Nullable String refusal(String type, List<JsonNode> inputs, @Nullable Integer priority);
}
