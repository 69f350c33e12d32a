package dev.millrace.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far several downloads have come together.
 *
 * @param totalFiles in the batch
 * @param completed files that are there
 * @param failed files given up
 * @param bytes loaded so far, of all files
 * @param knownBytes the sum of the sizes known so far; it grows while servers answer
 * @param sizesKnown whether {@code knownBytes} is that of all files not given up
 * @param bytesPerSecond of all together
 * @param running the files under way, those that wait for their turn not included
 */
public record BatchProgress(
    int totalFiles,
    int completed,
    int failed,
    long bytes,
    long knownBytes,
    boolean sizesKnown,
    long bytesPerSecond,
    List<DownloadProgress> running) {

  public BatchProgress {
    running = List.copyOf(running);
  }

  /** How long the rest takes at this speed, if all sizes are known. */
  public Optional<Duration> eta() {
    return sizesKnown ? Eta.of(bytes, knownBytes, bytesPerSecond) : Optional.empty();
  }
}
