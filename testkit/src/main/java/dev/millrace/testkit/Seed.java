package dev.millrace.testkit;

import java.util.SplittableRandom;

/**
 * The seed of a randomised test: taken from {@code -Dmillrace.seed=N} or drawn anew, and reported
 * with the failure so that the same run can be repeated.
 *
 * <p>Thread-safe; the generators it hands out are not.
 */
public record Seed(long value) {

  /** A test body that draws its choices from one generator. */
  @FunctionalInterface
  public interface Body {
    void run(SplittableRandom random) throws Exception;
  }

  /** The seed of this run. */
  public static Seed current() {
    Long given = Long.getLong("millrace.seed");
    return new Seed(given != null ? given : new SplittableRandom().nextLong());
  }

  /** A fresh generator that starts from this seed. */
  public SplittableRandom random() {
    return new SplittableRandom(value);
  }

  /**
   * Runs {@code body}; a failure is rethrown with the seed and how to repeat it.
   *
   * @throws AssertionError if the body throws anything, with that as its cause
   */
  public void run(Body body) {
    try {
      body.run(random());
    } catch (Exception | AssertionError failure) {
      throw new AssertionError(
          "failed with seed " + value + "; repeat with -Dmillrace.seed=" + value, failure);
    }
  }
}
