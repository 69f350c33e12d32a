package dev.millrace.tasks.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Due again and again with the same distance, whatever the clocks of people say.
 *
 * @param every 1 second to 10 years, in whole milliseconds
 */
public record Interval(Duration every) implements Timing {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(3_653);

  public Interval {
    if (every.compareTo(SHORTEST) < 0
        || every.compareTo(LONGEST) > 0
        || !Duration.ofMillis(every.toMillis()).equals(every)) {
      throw new TimingException(
          "every", 0, "an interval of " + every, "Use PT1S to P3653D, in whole milliseconds.");
    }
  }

  @Override
  public Instant next(Instant after, ZoneId zone, Instant start) {
    long millis = every.toMillis();
    long passed = after.toEpochMilli() - start.toEpochMilli();
    return start.plusMillis(Math.max(1, Math.floorDiv(passed, millis) + 1) * millis);
  }
}
