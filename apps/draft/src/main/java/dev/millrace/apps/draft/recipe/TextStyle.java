package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.Text;
import dev.millrace.apps.draft.format.TextLayout;
import dev.millrace.apps.draft.format.TextLook;
import java.util.List;

/**
 * The look of a text in a recipe.
 *
 * @param spans stretches with a look of their own, ascending and apart
 */
public record TextStyle(TextLook look, TextLayout layout, List<Text.Span> spans) {
  /** The look of subtitles that come from a file. */
  public static final TextStyle SUBTITLES =
      new TextStyle(
          new TextLook(5, false, false, false, 0xFFFFFF, 1, null, null, null),
          TextLayout.CENTRED,
          List.of());

  public TextStyle {
    spans = List.copyOf(spans);
  }
}
