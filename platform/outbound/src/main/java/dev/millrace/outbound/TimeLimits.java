package dev.millrace.outbound;

import java.time.Duration;

/**
 * How long each phase of a request may take.
 *
 * @param connect resolving the name, each connection attempt, each TLS handshake
 * @param head from the request sent until the whole head of the answer is there
 * @param stall the longest pause within a body
 * @param total all of it, with all attempts and the pauses between them; a download's wait for its
 *     turn is left out
 */
public record TimeLimits(Duration connect, Duration head, Duration stall, Duration total) {
  public TimeLimits {
    requirePositive("connect", connect);
    requirePositive("head", head);
    requirePositive("stall", stall);
    requirePositive("total", total);
  }

  /** 10 s, 30 s, 30 s, and 30 minutes. */
  public static TimeLimits defaults() {
    return new TimeLimits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofMinutes(30));
  }

  static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than zero, not " + value);
    }
  }
}
