package dev.millrace.store.journal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A change of one row of a followed table, or of all of them.
 *
 * @param key the key columns after the change (before it, if the row was deleted), in the order of
 *     {@link FollowedTable}; empty for {@link Kind#ALL}
 * @param before the followed columns by name, null for an insert
 * @param after the followed columns by name, null for a delete
 */
public record TableChange(
    String table, Kind kind, JsonNode key, @Nullable JsonNode before, @Nullable JsonNode after) {
  static final String PREFIX = "table:";

  /** What happened to the row. */
  public enum Kind {
    INSERT,
    UPDATE,
    DELETE,
    /** So many rows of one commit changed that they are not listed: read the table again. */
    ALL
  }

  static TableChange read(String table, String json) {
    JsonNode node = Json.MAPPER.readTree(json);
    return new TableChange(
        table,
        Kind.valueOf(node.get("kind").stringValue()),
        node.path("key"),
        present(node.get("before")),
        present(node.get("after")));
  }

  private static @Nullable JsonNode present(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : node;
  }
}
