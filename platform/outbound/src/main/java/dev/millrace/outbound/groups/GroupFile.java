package dev.millrace.outbound.groups;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a file of a group stands.
 *
 * @param no its place in the group, from 0
 * @param url for people: without its query
 * @param bytes that are here
 * @param totalBytes -1 while it is not known
 * @param bytesPerSecond over the last seconds
 * @param attempt from 1; 0 before the first
 * @param code stable word for why it failed, such as {@code not-found}; null if it did not
 * @param why it failed, or its last attempt did; null if none did
 */
public record GroupFile(
    int no,
    String url,
    State state,
    long bytes,
    long totalBytes,
    long bytesPerSecond,
    int attempt,
    @Nullable String code,
    @Nullable String why) {

  /** What a file does. */
  public enum State {
    /** Waits for its turn. */
    WAITING,
    /** Bytes come. */
    ACTIVE,
    /** Failed, and pauses before its next attempt. */
    RETRYING,
    /** Somebody stopped it; it goes on when somebody says so. */
    PAUSED,
    /** It is here. */
    DONE,
    /** It was given up after all attempts. */
    FAILED,
    /** Somebody gave it up. */
    DELETED;

    /** Whether nothing more happens by itself, and nobody is expected to say so. */
    public boolean isEnd() {
      return this == DONE || this == FAILED || this == DELETED;
    }
  }

  /** How long the rest takes at this speed, if that can be told. */
  public Optional<Duration> eta() {
    return GroupProgress.eta(bytes, totalBytes, bytesPerSecond);
  }
}
