package dev.millrace.apps.crew.decisions;

import dev.millrace.store.journal.EventType;
import java.util.List;

/**
 * A decision was recorded.
 *
 * @param seq its place among all decisions, by which it is read
 * @param month of its date, such as 2026-11
 */
public record DecisionMade(
    String id,
    long seq,
    String project,
    String title,
    String status,
    String month,
    String decisionMaker,
    List<String> tags) {
  public static final EventType<DecisionMade> TYPE =
      EventType.of("decision.made", 1, DecisionMade.class);
}
