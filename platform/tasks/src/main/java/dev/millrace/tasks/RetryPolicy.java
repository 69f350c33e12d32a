package dev.millrace.tasks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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
 * @param cases what holds instead of attempts, firstDelay and maxDelay for failures of some classes
 */
public record RetryPolicy(
    int attempts,
    Duration firstDelay,
    Duration maxDelay,
    double factor,
    double jitter,
    Predicate<Throwable> retryable,
    List<RetryCase> cases) {
  static final int MOST = 1_000;
  static final Duration LONGEST = Duration.ofDays(30);
  private static final int CAUSES = 20;

  public RetryPolicy {
    check(attempts >= 1 && attempts <= MOST, "attempts", attempts, "1 to 1,000");
    check(!firstDelay.isNegative(), "firstDelay", firstDelay, "0 or more");
    check(
        maxDelay.compareTo(firstDelay) >= 0 && maxDelay.compareTo(LONGEST) <= 0,
        "maxDelay",
        maxDelay,
        "at least firstDelay and at most 30 days");
    check(factor >= 1 && factor <= 10, "factor", factor, "1.0 to 10.0");
    check(jitter >= 0 && jitter <= 1, "jitter", jitter, "0.0 to 1.0");
    cases = List.copyOf(cases);
  }

  /** 5 attempts, 1 s doubling up to 10 min, a fifth of jitter, every failure. */
  public static RetryPolicy defaults() {
    return new RetryPolicy(
        5, Duration.ofSeconds(1), Duration.ofMinutes(10), 2.0, 0.2, _ -> true, List.of());
  }

  /** One attempt and no more. */
  public static RetryPolicy never() {
    return defaults().withAttempts(1);
  }

  public RetryPolicy withAttempts(int attempts) {
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryable, cases);
  }

  /** With pauses from {@code first}, doubling up to {@code max}. */
  public RetryPolicy withDelays(Duration first, Duration max) {
    return new RetryPolicy(attempts, first, max, factor, jitter, retryable, cases);
  }

  public RetryPolicy withFactor(double factor) {
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryable, cases);
  }

  public RetryPolicy withJitter(double jitter) {
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryable, cases);
  }

  /** Retries only the failures that {@code retryable} accepts. */
  public RetryPolicy onlyFor(Predicate<Throwable> retryable) {
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryable, cases);
  }

  /** Never retries failures of these classes, as a cause neither. */
  public RetryPolicy except(Class<?>... classes) {
    Predicate<Throwable> wanted = retryable;
    return onlyFor(failure -> wanted.test(failure) && !isCausedBy(failure, classes));
  }

  /**
   * Failures of that class, as a cause too, are tried so often and with pauses from {@code first},
   * doubling up to {@code max}, or by the factor of this policy. Of several classes that a failure
   * and its causes are of, the most specific one decides, and of equally specific ones the
   * outermost failure's. All attempts of a task count, whatever they failed of. What {@link
   * #onlyFor} and {@link #except} leave out is not tried again all the same.
   *
   * @param failure no {@link Error} and no {@link FatalFailure}, which are never tried again
   * @param attempts tries in all, 1 to 1,000
   * @param first 0 or more
   * @param max at least {@code first} and at most 30 days
   */
  public RetryPolicy on(
      Class<? extends Throwable> failure, int attempts, Duration first, Duration max) {
    var added = new RetryCase(failure, attempts, first, max);
    var all = new ArrayList<>(cases);
    all.removeIf(known -> known.failure() == failure);
    all.add(added);
    return new RetryPolicy(attempts(), firstDelay, maxDelay, factor, jitter, retryable, all);
  }

  /** The same with the longest pause of this policy, or {@code first} if that is longer. */
  public RetryPolicy on(Class<? extends Throwable> failure, int attempts, Duration first) {
    return on(failure, attempts, first, first.compareTo(maxDelay) > 0 ? first : maxDelay);
  }

  /** With no case tried more often than that. */
  RetryPolicy withCasesUpTo(int most) {
    List<RetryCase> bounded = cases.stream().map(each -> each.upTo(most)).toList();
    return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryable, bounded);
  }

  /** Whether attempt number {@code attempt} that ended with {@code failure} is followed by one. */
  boolean allowsAfter(int attempt, Throwable failure) {
    RetryCase of = caseOf(failure);
    return attempt < (of == null ? attempts : of.attempts())
        && !(failure instanceof FatalFailure)
        && !(failure instanceof Error)
        && retryable.test(failure);
  }

  /**
   * The pause after attempt number {@code attempt}, from 1, has failed.
   *
   * @param failure null if it was no exception
   */
  Duration delayAfter(int attempt, @Nullable Throwable failure, RandomGenerator random) {
    RetryCase of = failure == null ? null : caseOf(failure);
    Duration first = of == null ? firstDelay : of.firstDelay();
    Duration longest = of == null ? maxDelay : of.maxDelay();
    double millis = (double) first.toMillis() * Math.pow(factor, attempt - 1.0);
    double bounded = Math.min(millis, (double) longest.toMillis());
    double moved = bounded * (1 + jitter * (2 * random.nextDouble() - 1));
    return Duration.ofMillis(Math.round(moved));
  }

  /** The case of the most specific class that the failure or a cause is of; null for none. */
  private @Nullable RetryCase caseOf(Throwable failure) {
    if (cases.isEmpty()) {
      return null;
    }
    RetryCase best = null;
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < CAUSES; depth++, at = at.getCause()) {
      for (RetryCase each : cases) {
        if (each.failure().isInstance(at) && (best == null || each.depth() > best.depth())) {
          best = each;
        }
      }
    }
    return best;
  }

  private static boolean isCausedBy(Throwable failure, Class<?>[] classes) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < CAUSES; depth++, at = at.getCause()) {
      for (Class<?> unwanted : classes) {
        if (unwanted.isInstance(at)) {
          return true;
        }
      }
    }
    return false;
  }

  static void check(boolean holds, String field, Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "retry policy: " + field + " is " + value + "; allowed is " + allowed);
    }
  }
}
