package dev.millrace.apps.draft.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with its styles.
 *
 * @param id local id within the draft
 * @param subtitle whether the client wraps it as a subtitle
 * @param look look of all characters outside {@code spans}
 * @param spans stretches with a look of their own, ascending and apart
 * @param flowerId the client's id of the flower that draws it; null if none does
 */
public record Text(
    String id,
    boolean subtitle,
    String text,
    TextLook look,
    TextLayout layout,
    List<Span> spans,
    @Nullable String flowerId) {
  public Text {
    spans = List.copyOf(spans);
  }

  /**
   * A stretch of characters, counted in code points.
   *
   * @param end first code point after it
   */
  public record Span(int start, int end, TextLook look) {}
}
