package dev.millrace.tasks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may be said about a type while it is at work; null is what its code says. Immutable.
 *
 * @param timeLimit of one attempt, 1 ms to 365 days; {@link Duration#ZERO} for none
 * @param attempts tries in all, 1 to 1,000; no failure is tried more often then, also where code
 *     says so for its class
 * @param retryDelay the pause after the first failure, 0 to 30 days
 */
public record TypeSettings(
    @Nullable Duration timeLimit, @Nullable Integer attempts, @Nullable Duration retryDelay) {
  private static final Duration LONGEST_RUN = Duration.ofDays(365);
  private static final Duration LONGEST_DELAY = Duration.ofDays(30);
  private static final int MOST_ATTEMPTS = 1_000;

  /** All as the code says. */
  public static final TypeSettings NONE = new TypeSettings(null, null, null);

  /**
   * Checks every field.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_OPTION}
   */
  public TypeSettings {
    if (timeLimit != null
        && !timeLimit.isZero()
        && (timeLimit.toMillis() < 1 || timeLimit.compareTo(LONGEST_RUN) > 0)) {
      throw Limits.option(
          "timeLimit", timeLimit, "Use PT0.001S to " + LONGEST_RUN + ", or PT0S for none.");
    }
    if (attempts != null && (attempts < 1 || attempts > MOST_ATTEMPTS)) {
      throw Limits.option("attempts", attempts, "Use 1 to " + MOST_ATTEMPTS + ".");
    }
    if (retryDelay != null
        && (retryDelay.isNegative() || retryDelay.compareTo(LONGEST_DELAY) > 0)) {
      throw Limits.option("retryDelay", retryDelay, "Use PT0S to " + LONGEST_DELAY + ".");
    }
  }

  public TypeSettings withTimeLimit(Duration value) {
    return new TypeSettings(value, attempts, retryDelay);
  }

  public TypeSettings withAttempts(int value) {
    return new TypeSettings(timeLimit, value, retryDelay);
  }

  public TypeSettings withRetryDelay(Duration value) {
    return new TypeSettings(timeLimit, attempts, value);
  }

  boolean isNone() {
    return timeLimit == null && attempts == null && retryDelay == null;
  }

  /** The time limit that follows; null for none. */
  @Nullable Duration timeLimit(@Nullable Duration declared) {
    if (timeLimit == null) {
      return declared;
    }
    return timeLimit.isZero() ? null : timeLimit;
  }

  /** The policy that follows. */
  RetryPolicy retry(RetryPolicy declared) {
    RetryPolicy policy =
        attempts == null ? declared : declared.withAttempts(attempts).withCasesUpTo(attempts);
    if (retryDelay == null) {
      return policy;
    }
    Duration longest = policy.maxDelay().compareTo(retryDelay) < 0 ? retryDelay : policy.maxDelay();
    return policy.withDelays(retryDelay, longest);
  }
}
