package dev.millrace.tasks;

import dev.millrace.tasks.workflow.Decision;
import dev.millrace.tasks.workflow.Refusals;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tasks that a decision starts, made ready while it is taken. Confined to one thread. */
final class WorkflowDrafts implements Refusals {
  /** Makes one task ready. */
  @FunctionalInterface
  interface Drafting {
    Draft draft(String type, JsonNode input, SubmitOptions options);
  }

  private final Drafting drafting;
  private final SubmitOptions options;
  private final IdentityHashMap<List<JsonNode>, List<Draft>> made = new IdentityHashMap<>();

  WorkflowDrafts(Drafting drafting, SubmitOptions options) {
    this.drafting = drafting;
    this.options = options;
  }

  @Override
  public @Nullable String refusal(String type, List<JsonNode> inputs, @Nullable Integer priority) {
    SubmitOptions chosen = priority == null ? options : options.withPriority(priority);
    try {
      made.put(inputs, inputs.stream().map(input -> drafting.draft(type, input, chosen)).toList());
      return null;
    } catch (TaskException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  List<Draft> of(Decision.Start start) {
    return Objects.requireNonNull(made.get(start.inputs()));
  }
}
