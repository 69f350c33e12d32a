package dev.millrace.store.journal;

import java.time.Duration;

/**
 * The limits of a journal. Immutable.
 *
 * @param keep how long events are kept even if all followers have handled them
 * @param maxAge events older than this go, handled or not
 * @param maxBytes beyond this the oldest events go, handled or not
 * @param tidyEvery how often old events are looked for
 * @param listedChanges rows of one followed table that may change in one commit and still be listed
 *     one by one
 * @param subscriptions live subscriptions that may be open at once
 */
public record JournalConfig(
    Duration keep,
    Duration maxAge,
    long maxBytes,
    Duration tidyEvery,
    int listedChanges,
    int subscriptions) {
  public static final Duration KEEP = Duration.ofHours(6);
  public static final Duration MAX_AGE = Duration.ofDays(7);
  public static final long MAX_BYTES = 1L << 30;
  public static final Duration TIDY_EVERY = Duration.ofMinutes(1);
  public static final int LISTED_CHANGES = 10_000;
  public static final int SUBSCRIPTIONS = 10_000;

  public JournalConfig {
    if (keep.isNegative() || !maxAge.isPositive() || keep.compareTo(maxAge) > 0) {
      throw new IllegalArgumentException(
          "journal settings keep and maxAge are "
              + keep
              + " and "
              + maxAge
              + "; use 0 <= keep <= maxAge and a maxAge greater than zero");
    }
    if (maxBytes < 1 || listedChanges < 1 || subscriptions < 1 || !tidyEvery.isPositive()) {
      throw new IllegalArgumentException(
          "journal settings maxBytes, listedChanges, subscriptions and tidyEvery are "
              + maxBytes
              + ", "
              + listedChanges
              + ", "
              + subscriptions
              + " and "
              + tidyEvery
              + "; use values greater than zero");
    }
  }

  public static JournalConfig defaults() {
    return new JournalConfig(KEEP, MAX_AGE, MAX_BYTES, TIDY_EVERY, LISTED_CHANGES, SUBSCRIPTIONS);
  }

  /** How long and how much is kept. */
  public JournalConfig withLimits(Duration kept, Duration age, long bytes) {
    return new JournalConfig(kept, age, bytes, tidyEvery, listedChanges, subscriptions);
  }

  public JournalConfig withTidyEvery(Duration value) {
    return new JournalConfig(keep, maxAge, maxBytes, value, listedChanges, subscriptions);
  }

  public JournalConfig withListedChanges(int value) {
    return new JournalConfig(keep, maxAge, maxBytes, tidyEvery, value, subscriptions);
  }

  public JournalConfig withSubscriptions(int value) {
    return new JournalConfig(keep, maxAge, maxBytes, tidyEvery, listedChanges, value);
  }
}
