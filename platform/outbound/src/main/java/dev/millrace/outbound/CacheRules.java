package dev.millrace.outbound;

import java.time.Duration;

/**
 * What the download cache keeps.
 *
 * @param maxBytes files beyond it are dropped, least recently used first; 0 keeps none
 * @param fresh a file is used without asking the server again for this long after it was loaded or
 *     confirmed; zero asks each time
 * @param keepParts unfinished downloads that nobody came back for are deleted after this long
 */
public record CacheRules(long maxBytes, Duration fresh, Duration keepParts) {
  public CacheRules {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes must be 0 or more, not " + maxBytes);
    }
    if (fresh.isNegative()) {
      throw new IllegalArgumentException("fresh must not be negative: " + fresh);
    }
    TimeLimits.requirePositive("keepParts", keepParts);
  }

  /** 10 GiB, 10 minutes, 7 days. */
  public static CacheRules defaults() {
    return new CacheRules(10L << 30, Duration.ofMinutes(10), Duration.ofDays(7));
  }
}
