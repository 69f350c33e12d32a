package dev.millrace.apps.draft.format;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a material on a track.
 *
 * @param materialId id of a {@link Media}, {@link Text} or {@link Overlay} of the same draft
 * @param target where it plays
 * @param source what of the material plays; null for what is no file
 * @param speedId id of the speed object; null on tracks for effects and filters
 * @param clip place on the canvas; null for what has none
 */
public record Segment(
    String id,
    String materialId,
    TimeRange target,
    @Nullable TimeRange source,
    @Nullable String speedId,
    double speed,
    double volume,
    @Nullable Clip clip,
    Attachments attachments) {

  /** How it gives way to the next, if it does. */
  public @Nullable Transition transition() {
    return attachments.transition();
  }

  /** How its sound comes and goes. */
  public @Nullable Fade fade() {
    return attachments.fade();
  }

  /** How it moves in and out. */
  public @Nullable Animations animations() {
    return attachments.animations();
  }
}
