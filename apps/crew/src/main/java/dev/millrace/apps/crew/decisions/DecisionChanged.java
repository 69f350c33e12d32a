package dev.millrace.apps.crew.decisions;

import dev.millrace.store.journal.EventType;
import org.jspecify.annotations.Nullable;

/**
 * The status of a decision changed.
 *
 * @param supersededBy the id of what stands in its place
 */
public record DecisionChanged(
    String id, long seq, String from, String to, @Nullable String supersededBy) {
  public static final EventType<DecisionChanged> TYPE =
      EventType.of("decision.changed", 1, DecisionChanged.class);
}
