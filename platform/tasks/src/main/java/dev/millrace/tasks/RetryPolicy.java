package dev.millrace.tasks;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * How often a failed task is tried again, and after which pause. Immutable.
 *
 * <p>The pause before attempt n + 1 is {@code firstDelay · factor^(n-1)}, at most {@code maxDelay},
 * then moved by up to ±{@code jitter} of itself so that tasks that failed together do not come back
 * together.
 *
 * @param attempts tries in all, 1 to 1,000
 * @param firstDelay pause after the first failure, 0 or more
 * @param maxDelay the longest pause, at most 30 days
 * @param factor 1.0 to 10.0
 * @param jitter 0.0 to 1.0
 * @param retryable which failures are worth another attempt; {@link FatalFailure} and {@link Error}
 *     never are
 */
public record RetryPolicy(
    int attempts,
    Duration firstDelay,
    Duration maxDelay,
    double factor,
    double jitter,
    Predicate<Throwable> retryable) {
  private static final Duration LONGEST = Duration.ofDays(30);

  public RetryPolicy {
    check(attempts >= 1 && attempts <= 1_000, "attempts", attempts, "1 to 1,000");
    check(!firstDelay.isNegative(), "firstDelay", firstDelay, "0 or more");
    check(
        maxDelay.compareTo(firstDelay) >= 0 && maxDelay.compareTo(LONGEST) <= 0,
        "maxDelay",
        maxDelay,
        "at least firstDelay and at most 30 days");
    check(factor >= 1 && factor <= 10, "factor", factor, "1.0 to 10.0");
    check(jitter >= 0 && jitter <= 1, "jitter", jitter, "0.0 to 1.0");
  }

  /** 5 attempts, 1 s doubling up to 10 min, a fifth of jitter, every failure. */
  public static RetryPolicy defaults() {
    return new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(10), 2.0, 0.2, _ -> true);
  }

  /** One attempt and no more. */
  public static RetryPolicy never() {
    return defaults().withAttempts(1);
  }

  public RetryPolicy withAttempts(int attempts) {
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryable);
  }

  /** With pauses from {@code first}, doubling up to {@code max}. */
  public RetryPolicy withDelays(Duration first, Duration max) {
    return new RetryPolicy(attempts, first, max, factor, jitter, retryable);
  }

  public RetryPolicy withFactor(double factor) {
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryable);
  }

  public RetryPolicy withJitter(double jitter) {
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryable);
  }

  /** Retries only the failures that {@code retryable} accepts. */
  public RetryPolicy onlyFor(Predicate<Throwable> retryable) {
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryable);
  }

  /** Never retries failures of these classes, as a cause neither. */
  public RetryPolicy except(Class<?>... classes) {
    Predicate<Throwable> wanted = retryable;
    return onlyFor(failure -> wanted.test(failure) && !isCausedBy(failure, classes));
  }

  /** Whether attempt number {@code attempt} that ended with {@code failure} is followed by one. */
  boolean allowsAfter(int attempt, Throwable failure) {
    return attempt < attempts
        && !(failure instanceof FatalFailure)
        && !(failure instanceof Error)
        && retryable.test(failure);
  }

  /** The pause after attempt number {@code attempt}, from 1, has failed. */
  Duration delayAfter(int attempt, RandomGenerator random) {
    double millis = (double) firstDelay.toMillis() * Math.pow(factor, attempt - 1.0);
    double bounded = Math.min(millis, (double) maxDelay.toMillis());
    double moved = bounded * (1 + jitter * (2 * random.nextDouble() - 1));
    return Duration.ofMillis(Math.round(moved));
  }

  private static boolean isCausedBy(Throwable failure, Class<?>[] classes) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++, at = at.getCause()) {
      for (Class<?> unwanted : classes) {
        if (unwanted.isInstance(at)) {
          return true;
        }
      }
    }
    return false;
  }

  private static void check(boolean holds, String field, Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "retry policy: " + field + " is " + value + "; allowed is " + allowed);
    }
  }
}
