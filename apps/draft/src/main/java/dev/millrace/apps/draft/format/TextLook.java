package dev.millrace.apps.draft.format;

import org.jspecify.annotations.Nullable;

/**
 * How characters look.
 *
 * @param size the client's size unit; 8 is its usual one
 * @param color 0xRRGGBB
 * @param alpha opacity, 0 to 1
 * @param border outline, if there is one
 * @param shadow shadow, if there is one
 * @param font null for the client's own
 */
public record TextLook(
    double size,
    boolean bold,
    boolean italic,
    boolean underline,
    int color,
    double alpha,
    @Nullable Border border,
    @Nullable Shadow shadow,
    @Nullable Font font) {
  /** White, size 8. */
  public static final TextLook PLAIN =
      new TextLook(8, false, false, false, 0xFFFFFF, 1, null, null, null);

  /**
   * A font of the client's library.
   *
   * @param resourceId the client's id of it
   */
  public record Font(String resourceId) {}

  /**
   * An outline.
   *
   * @param width 0 to 100, as the client's slider
   */
  public record Border(int color, double alpha, double width) {}

  /**
   * A shadow.
   *
   * @param diffuse 0 to 100, as the client's slider
   * @param distance 0 to 100
   * @param angle degrees, −180 to 180
   */
  public record Shadow(int color, double alpha, double diffuse, double distance, double angle) {}
}
