package dev.millrace.bench.http;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the client shall do. Passed to its process as one JSON argument.
 *
 * @param port on 127.0.0.1
 * @param body sent as {@code application/json} by POST
 * @param connections kept open all the time, one request at a time on each
 * @param rate requests a second that are due whether or not earlier ones were answered, 0 for as
 *     many as the connections allow
 * @param bodies a file with one body a line, sent instead of {@code body}; null for none
 */
public record Load(
    int port,
    String path,
    String body,
    int connections,
    int rate,
    Duration warmUp,
    Duration window,
    @Nullable String bodies) {

  /** With the same body in every request. */
  public Load(
      int port,
      String path,
      String body,
      int connections,
      int rate,
      Duration warmUp,
      Duration window) {
    this(port, path, body, connections, rate, warmUp, window, null);
  }

  /** Each connection sends the lines of a file in turn, beginning at a place of its own. */
  public Load withBodies(Path file) {
    return new Load(port, path, body, connections, rate, warmUp, window, file.toString());
  }

  /** Each connection sends its next request when the last one was answered. */
  public static Load saturating(
      int port, String path, String body, int connections, Duration warmUp, Duration window) {
    return new Load(port, path, body, connections, 0, warmUp, window);
  }

  /**
   * What came of it. Times in ms. At a fixed rate they run from the moment a request was due, so a
   * server that stalls is charged for every request that should have been sent meanwhile.
   *
   * @param requests answered inside the window, errors included
   * @param errors answers other than 2xx, broken connections, and requests never answered
   */
  public record Outcome(
      long requests,
      long errors,
      double rate,
      double p50,
      double p95,
      double p99,
      double max,
      @Nullable String firstError) {}
}
