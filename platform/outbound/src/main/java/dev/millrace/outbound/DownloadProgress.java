package dev.millrace.outbound;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far a download has come.
 *
 * @param url for people: without its query
 * @param phase what it does
 * @param bytes of the file that are here, those of an earlier run included
 * @param totalBytes of the file, or -1 while it is not known
 * @param bytesPerSecond over the last seconds
 * @param attempt from 1
 * @param lastFailure why the attempt before failed, or null
 */
public record DownloadProgress(
    String url,
    Phase phase,
    long bytes,
    long totalBytes,
    long bytesPerSecond,
    int attempt,
    @Nullable String lastFailure) {

  /** What a download does at a moment. */
  public enum Phase {
    /** Waits for its turn, or for the server's first answer. */
    WAITING,
    /** Bytes come. */
    ACTIVE,
    /** Failed, and pauses before the next attempt. */
    RETRYING,
    /** The file is there. */
    COMPLETE
  }

  /** The file's size, once known. */
  public OptionalLong total() {
    return totalBytes < 0 ? OptionalLong.empty() : OptionalLong.of(totalBytes);
  }

  /** How long the rest takes at this speed, if that can be told. */
  public Optional<Duration> eta() {
    return Eta.of(bytes, totalBytes, bytesPerSecond);
  }
}
