package dev.millrace.outbound;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a failed request is tried again and how long the pauses are.
 *
 * @param attempts tries in all, 1 for no second one; a try that loaded a fair piece of a download
 *     starts the count anew
 * @param firstWait the longest first pause; it doubles with each try
 * @param maxWait the longest pause, also of those that a server asks for by {@code Retry-After}
 */
public record RetryRules(int attempts, Duration firstWait, Duration maxWait) {
  private static final int MAX_ATTEMPTS = 100;

  public RetryRules {
    if (attempts < 1 || attempts > MAX_ATTEMPTS) {
      throw new IllegalArgumentException(
          "attempts must be between 1 and " + MAX_ATTEMPTS + ", not " + attempts);
    }
    TimeLimits.requirePositive("firstWait", firstWait);
    TimeLimits.requirePositive("maxWait", maxWait);
  }

  /** 5 tries, pauses from 0.5 s to 60 s. */
  public static RetryRules defaults() {
    return new RetryRules(5, Duration.ofMillis(500), Duration.ofSeconds(60));
  }

  /**
   * The pause after the failed try number {@code attempt}, from 1: random between half of and the
   * full doubled pause, so that many failed together do not come back together. A longer wish of
   * the server is granted.
   */
  Duration waitAfter(int attempt, OutboundException failure, RandomGenerator random) {
    long full = Math.min(maxWait.toNanos(), firstWait.toNanos() << Math.min(attempt - 1, 20));
    var own = Duration.ofNanos(full / 2 + random.nextLong(full / 2 + 1));
    return failure.retryAfter().filter(asked -> asked.compareTo(own) > 0).orElse(own);
  }

  /** Whether {@code failure} of try {@code attempt} is worth another. */
  boolean allowAnother(int attempt, OutboundException failure) {
    boolean tooLong =
        failure.retryAfter().filter(asked -> asked.compareTo(maxWait) > 0).isPresent();
    boolean stopped = failure.reason() == FailureReason.CANCELLED;
    return attempt < attempts && failure.isRetryable() && !tooLong && !stopped;
  }
}
