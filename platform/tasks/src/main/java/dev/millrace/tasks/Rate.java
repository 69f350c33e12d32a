package dev.millrace.tasks;

import java.time.Duration;

/**
 * So many starts in so much time. Kept by the generic cell rate algorithm (ITU-T I.371): starts are
 * {@code per / count} apart on the average, and up to {@code count} may come at once after a pause.
 * So a stretch of {@code per} that begins with a burst can hold up to twice the count; a longer one
 * comes ever nearer to the rate. Immutable.
 *
 * @param count 1 to 1,000,000, and no more than one a microsecond
 * @param per from 1 ms to 366 days
 */
public record Rate(int count, Duration per) {
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Checks the fields.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_OPTION}
   */
  public Rate {
    if (per.compareTo(Duration.ofMillis(1)) < 0 || per.compareTo(LONGEST) > 0) {
      throw Limits.option("per", per, "Use PT0.001S to " + LONGEST + ".");
    }
    if (count < 1 || count > 1_000_000 || count > per.toNanos() / 1_000) {
      throw Limits.option(
          "count", count, "Use 1 to 1,000,000, and no more than one a microsecond.");
    }
  }
}
