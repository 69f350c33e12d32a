package dev.millrace.apps.draft.timeline;

import org.jspecify.annotations.Nullable;

/**
 * How long a clip can really be. The source it takes is always {@code round(duration × speed)}, and
 * never more than its file holds.
 *
 * @param shortened whether the file holds clearly less than was asked for
 */
record Sizing(long durationMicros, double speed, boolean shortened) {

  /**
   * Fits a clip into its file; null if nothing of the file is left.
   *
   * @param askedMicros length on the timeline; null for all that is left of the file
   * @param leftMicros what the file holds behind the start of the clip
   * @param slackMicros the most that a clip may be short of and still be stretched a little, so
   *     that it touches the next one
   */
  static @Nullable Sizing fit(
      @Nullable Long askedMicros, double speed, long leftMicros, long slackMicros) {
    if (leftMicros <= 0) {
      return null;
    }
    if (askedMicros == null) {
      return atMost(leftMicros, speed, false);
    }
    long wanted = Math.round(askedMicros * speed);
    if (wanted <= leftMicros) {
      return new Sizing(askedMicros, speed, false);
    }
    double slower = (double) leftMicros / askedMicros;
    if (wanted - leftMicros <= slackMicros && slower >= 0.1) {
      return new Sizing(askedMicros, slower, false);
    }
    return atMost(leftMicros, speed, true);
  }

  private static @Nullable Sizing atMost(long leftMicros, double speed, boolean shortened) {
    long duration = (long) Math.floor(leftMicros / speed);
    if (Math.round(duration * speed) > leftMicros) {
      duration--;
    }
    return duration < 1 ? null : new Sizing(duration, speed, shortened);
  }
}
