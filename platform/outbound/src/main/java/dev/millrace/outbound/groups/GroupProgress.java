package dev.millrace.outbound.groups;

import java.time.Duration;
import java.util.Optional;

/**
 * How a group stands.
 *
 * @param files in all
 * @param done that are here
 * @param failed given up after all attempts
 * @param deleted given up by somebody
 * @param paused stopped by somebody
 * @param active under way; the rest waits
 * @param bytes that are here, of all files
 * @param knownBytes sum of the sizes known so far
 * @param sizesKnown whether {@code knownBytes} is that of all files not given up
 * @param bytesPerSecond of all together, over the last seconds
 */
public record GroupProgress(
    String group,
    int files,
    int done,
    int failed,
    int deleted,
    int paused,
    int active,
    long bytes,
    long knownBytes,
    boolean sizesKnown,
    long bytesPerSecond) {

  /** How long the rest takes at this speed, if all sizes are known. */
  public Optional<Duration> eta() {
    return sizesKnown ? eta(bytes, knownBytes, bytesPerSecond) : Optional.empty();
  }

  /** Whether nothing is left to do. */
  public boolean isOver() {
    return done + failed + deleted == files;
  }

  static Optional<Duration> eta(long bytes, long total, long bytesPerSecond) {
    if (total < 0 || bytesPerSecond <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofSeconds(Math.ceilDiv(Math.max(0, total - bytes), bytesPerSecond)));
  }
}
