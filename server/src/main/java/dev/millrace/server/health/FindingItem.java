package dev.millrace.server.health;

import dev.millrace.http.schema.Doc;
import dev.millrace.store.Finding;
import java.util.Map;

/** Something found out about a part, as the API shows it. */
public record FindingItem(
    @Doc("Stable; says what was found.") String code,
    @Doc("What the code speaks of: sizes in bytes, times as ISO-8601.") Map<String, Object> facts,
    @Doc("The same in English.") String text) {
  static final FindingItem EXAMPLE =
      new FindingItem("store-well", Map.of("position", "7f3a1c-1042"), "position 7f3a1c-1042");

  /** {@code found} for an answer. */
  public static FindingItem of(Finding found) {
    return new FindingItem(found.code(), found.facts(), found.text());
  }
}
