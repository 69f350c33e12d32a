package dev.millrace.apps.draft.format;

/**
 * A stretch of time in whole microseconds; its end is exclusive.
 *
 * @param startMicros first microsecond, not negative
 * @param durationMicros length, not negative
 */
public record TimeRange(long startMicros, long durationMicros) {
  public TimeRange {
    if (startMicros < 0 || durationMicros < 0) {
      throw new IllegalArgumentException(
          "a time range starts at or after 0 and has a length, not "
              + startMicros
              + " for "
              + durationMicros
              + " µs");
    }
  }

  /** The first microsecond after the range. */
  public long endMicros() {
    return startMicros + durationMicros;
  }
}
