package dev.millrace.apps.crew.decisions;

import dev.millrace.store.journal.EventType;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decisions were recorded: one, or a chunk of a batch. One event for all of them, because an event
 * for each would cost the writer as much as the rows.
 *
 * @param first the place of the first among all decisions, by which they are read
 * @param last the place of the last; there are none of others between
 * @param numbers what each project counted
 * @param statuses how many were recorded in which status
 */
public record DecisionMade(
    long first, long last, Map<String, Numbered> numbers, Map<String, Integer> statuses) {
  public static final EventType<DecisionMade> TYPE =
      EventType.of("decision.made", 2, DecisionMade.class).upgradedBy(DecisionMade::upgraded);

  /** The first and the last number of a project; there are none of others between. */
  public record Numbered(long from, long to) {}

  /** Version 1 was of one decision. */
  private static ObjectNode upgraded(int version, ObjectNode old) {
    DecisionId id = DecisionId.parse(old.path("id").asString());
    ObjectNode made = old.objectNode();
    made.set("first", old.get("seq"));
    made.set("last", old.get("seq"));
    made.putObject("numbers")
        .putObject(id.project())
        .put("from", id.number())
        .put("to", id.number());
    made.putObject("statuses").put(old.path("status").asString(), 1);
    return made;
  }
}
