package dev.millrace.apps.draft.format;

import org.jspecify.annotations.Nullable;

/**
 * How a whole text is set.
 *
 * @param align 0 left, 1 centre, 2 right
 * @param letterSpacing steps of the client's slider
 * @param lineSpacing steps of the client's slider
 * @param maxWidth widest line as a share of the canvas, 0 to 1
 * @param background box behind the text, if there is one
 */
public record TextLayout(
    int align,
    boolean vertical,
    double letterSpacing,
    double lineSpacing,
    double maxWidth,
    @Nullable Background background) {
  /** Horizontal, left-aligned, without a box. */
  public static final TextLayout PLAIN = new TextLayout(0, false, 0, 0, 0.82, null);

  /** The same, but centred. */
  public static final TextLayout CENTRED = new TextLayout(1, false, 0, 0, 0.82, null);

  /**
   * A box behind a text; all measures are shares from 0 to 1.
   *
   * @param style 1 one box for all lines, 2 a box a line
   */
  public record Background(
      int style,
      int color,
      double alpha,
      double roundRadius,
      double height,
      double width,
      double horizontalOffset,
      double verticalOffset) {}
}
