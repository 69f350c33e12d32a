package dev.millrace.apps.draft.format;

/**
 * Where and how a segment stands on the canvas.
 *
 * @param alpha opacity, 0 to 1
 * @param rotation degrees clockwise
 * @param x distance from the centre in half canvas widths, to the right
 * @param y distance from the centre in half canvas heights, upwards
 */
public record Clip(
    double alpha,
    boolean flipHorizontal,
    boolean flipVertical,
    double rotation,
    double scaleX,
    double scaleY,
    double x,
    double y) {
  /** Centred, unscaled and opaque. */
  public static final Clip PLAIN = new Clip(1, false, false, 0, 1, 1, 0, 0);

  /** Near the lower edge, where subtitles are expected. */
  public static final Clip SUBTITLE = new Clip(1, false, false, 0, 1, 1, 0, -0.8);
}
