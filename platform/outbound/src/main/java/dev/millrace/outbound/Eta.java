package dev.millrace.outbound;

import java.time.Duration;
import java.util.Optional;

/** How long the rest of some bytes takes. */
final class Eta {
  private Eta() {}

  static Optional<Duration> of(long bytes, long total, long bytesPerSecond) {
    if (total < 0 || bytesPerSecond <= 0) {
      return Optional.empty();
    }
    long left = Math.max(0, total - bytes);
    return Optional.of(Duration.ofSeconds(Math.ceilDiv(left, bytesPerSecond)));
  }
}
