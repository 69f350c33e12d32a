package dev.millrace.outbound;

import java.time.Duration;

/**
 * When a host is left alone.
 *
 * @param failures so many in a row, and no request is sent to it
 * @param rest for this long; then a single request tries whether it is back
 */
public record BreakerRules(int failures, Duration rest) {
  public BreakerRules {
    if (failures < 1) {
      throw new IllegalArgumentException("failures must be 1 or more, not " + failures);
    }
    TimeLimits.requirePositive("rest", rest);
  }

  /** 10 failures, 15 s of rest. */
  public static BreakerRules defaults() {
    return new BreakerRules(10, Duration.ofSeconds(15));
  }
}
