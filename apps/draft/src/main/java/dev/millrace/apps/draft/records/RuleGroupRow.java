package dev.millrace.apps.draft.records;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A version of a stored rule group.
 *
 * @param version from 1
 * @param rules as they stand in a recipe
 * @param createdAt when the group was made
 * @param updatedAt when this version was
 */
public record RuleGroupRow(
    String id,
    int version,
    String title,
    List<JsonNode> rules,
    Instant createdAt,
    Instant updatedAt) {
  public RuleGroupRow {
    rules = List.copyOf(rules);
  }
}
