package dev.millrace.tasks;

import java.time.Duration;

/**
 * How often failures of one class are tried again, and after which pause. Immutable.
 *
 * @param failure the class, and all that extend it
 * @param attempts tries in all, 1 to 1,000
 * @param firstDelay pause after the first failure, 0 or more
 * @param maxDelay the longest pause, at most 30 days
 */
public record RetryCase(
    Class<? extends Throwable> failure, int attempts, Duration firstDelay, Duration maxDelay) {
  public RetryCase {
    RetryPolicy.check(
        !Error.class.isAssignableFrom(failure) && !FatalFailure.class.isAssignableFrom(failure),
        "failure",
        failure.getName(),
        "any class but errors and fatal failures, which are never tried again");
    RetryPolicy.check(
        attempts >= 1 && attempts <= RetryPolicy.MOST, "attempts", attempts, "1 to 1,000");
    RetryPolicy.check(!firstDelay.isNegative(), "firstDelay", firstDelay, "0 or more");
    RetryPolicy.check(
        maxDelay.compareTo(firstDelay) >= 0 && maxDelay.compareTo(RetryPolicy.LONGEST) <= 0,
        "maxDelay",
        maxDelay,
        "at least firstDelay and at most 30 days");
  }

  RetryCase upTo(int most) {
    return attempts <= most ? this : new RetryCase(failure, most, firstDelay, maxDelay);
  }

  /** How specific the class is: how many it extends. */
  int depth() {
    int depth = 0;
    for (Class<?> at = failure.getSuperclass(); at != null; at = at.getSuperclass()) {
      depth++;
    }
    return depth;
  }
}
