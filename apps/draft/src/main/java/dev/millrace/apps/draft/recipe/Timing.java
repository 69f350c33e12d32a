package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.TrackType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times of an item: of duration, source duration and speed, two give the third.
 *
 * @param durationMicros null for as long as the file lasts
 */
record Timing(
    long startMicros, @Nullable Long durationMicros, long sourceStartMicros, double speed) {

  /**
   * Reads the times of an item; null and a fault if they cannot be used.
   *
   * @param fileHasLength whether the item may last as long as its file
   * @param usualSpeed if it follows from nothing that the item says
   */
  static @Nullable Timing read(
      Fields data, ItemType type, boolean fileHasLength, double usualSpeed) {
    if (type.isOverlay()) {
      for (String name : List.of("sourceStart", "sourceDuration", "speed")) {
        if (data.has(name)) {
          data.fault(
              name, "does-not-apply", "means nothing for \"" + type.word() + "\"; leave it out");
        }
      }
    }
    Long start = data.micros("start", 0);
    Long duration = data.micros("duration", 1);
    Long sourceStart = data.micros("sourceStart", 0);
    Long sourceDuration = data.micros("sourceDuration", 1);
    Double speed = data.decimal("speed", Limits.SPEED_MIN, Limits.SPEED_MAX);
    if (!data.has("start")) {
      data.fault("start", "missing", "is missing; give the second at which it begins");
    }
    boolean lengthGiven = data.has("duration") || (data.has("sourceDuration") && fileHasLength);
    if (!lengthGiven && !fileHasLength) {
      data.fault("duration", "missing", "is missing; say for how many seconds it shows");
    }
    boolean unread =
        (data.has("duration") && duration == null)
            || (data.has("sourceDuration") && sourceDuration == null)
            || (data.has("speed") && speed == null)
            || (!lengthGiven && !fileHasLength);
    if (start == null || unread) {
      return null;
    }
    long from = sourceStart == null ? 0 : sourceStart;
    if (type.track() == TrackType.TEXT || type.isOverlay()) {
      return new Timing(start, duration, from, 1);
    }
    if (duration == null && sourceDuration != null) {
      double rate = speed == null ? usualSpeed : speed;
      return new Timing(start, Math.max(1, Math.round(sourceDuration / rate)), from, rate);
    }
    if (duration != null && sourceDuration != null) {
      return both(data, start, duration, from, sourceDuration, speed);
    }
    return new Timing(start, duration, from, speed == null ? usualSpeed : speed);
  }

  private static @Nullable Timing both(
      Fields data,
      long start,
      long duration,
      long sourceStart,
      long sourceDuration,
      @Nullable Double speed) {
    double rate = (double) sourceDuration / duration;
    if (speed == null && (rate < Limits.SPEED_MIN || rate > Limits.SPEED_MAX)) {
      data.fault(
          "sourceDuration",
          "out-of-range",
          "needs speed "
              + rate
              + " to play within the duration; the speed is from 0.1 to 100, change one of the"
              + " two");
      return null;
    }
    if (speed != null && Math.abs(duration * speed - sourceDuration) > 1_000) {
      data.fault(
          "speed",
          "speed-clash",
          "is "
              + speed
              + ", but sourceDuration / duration is "
              + rate
              + "; leave one of the three out");
      return null;
    }
    return new Timing(start, duration, sourceStart, speed == null ? rate : speed);
  }
}
