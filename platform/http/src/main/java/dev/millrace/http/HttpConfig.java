package dev.millrace.http;

import java.time.Duration;
import java.util.Set;

/**
 * How the server listens and what it refuses.
 *
 * @param host the address to listen on
 * @param port the port, 0 for a free one
 * @param allowedHosts names, with or without a port, that requests may be for besides the loopback
 *     names; without a port it means any port
 * @param allowedOrigins origins such as {@code https://example.org} whose pages may use the API
 * @param maxBody the largest body in bytes, where an endpoint sets no other
 * @param maxHeader the largest header in bytes, the request line included
 * @param idleTimeout how long a connection, or a read or write on it, may stand still
 * @param stopGrace how long {@code close} waits for requests that are running
 * @param heartbeat how often an idle event stream shows that it lives
 * @param acceptQueue how many connections may wait to be accepted
 */
public record HttpConfig(
    String host,
    int port,
    Set<String> allowedHosts,
    Set<String> allowedOrigins,
    long maxBody,
    int maxHeader,
    Duration idleTimeout,
    Duration stopGrace,
    Duration heartbeat,
    int acceptQueue) {

  public HttpConfig {
    allowedHosts = Set.copyOf(allowedHosts);
    allowedOrigins = Set.copyOf(allowedOrigins);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is 0 (a free one) to 65535, not " + port);
    }
    if (maxBody < 1 || maxHeader < 1024 || acceptQueue < 1) {
      throw new IllegalArgumentException(
          "max-body is 1 or more, max-header 1024 or more, accept-queue 1 or more; not "
              + maxBody
              + ", "
              + maxHeader
              + ", "
              + acceptQueue);
    }
    if (!idleTimeout.isPositive() || !heartbeat.isPositive()) {
      throw new IllegalArgumentException(
          "idle-timeout and heartbeat are longer than nothing, not "
              + idleTimeout
              + ", "
              + heartbeat);
    }
    // Else an event stream on which nothing happens would count as idle and be closed.
    if (heartbeat.compareTo(idleTimeout) >= 0) {
      throw new IllegalArgumentException(
          "heartbeat is shorter than idle-timeout, not " + heartbeat + " of " + idleTimeout);
    }
  }

  /** Loopback only, port 8080, bodies up to 16 MiB. */
  public static HttpConfig defaults() {
    return new HttpConfig(
        "127.0.0.1",
        8080,
        Set.of(),
        Set.of(),
        16L << 20,
        16 << 10,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        4096);
  }

  public HttpConfig withHost(String value) {
    return changed().host(value).config();
  }

  public HttpConfig withPort(int value) {
    return changed().port(value).config();
  }

  public HttpConfig withAllowed(Set<String> hosts, Set<String> origins) {
    return changed().allowedHosts(hosts).allowedOrigins(origins).config();
  }

  public HttpConfig withMaxBody(long bytes) {
    return changed().maxBody(bytes).config();
  }

  public HttpConfig withTimes(Duration idle, Duration stop, Duration beat) {
    return changed().idleTimeout(idle).stopGrace(stop).heartbeat(beat).config();
  }

  public HttpConfig withStopGrace(Duration value) {
    return changed().stopGrace(value).config();
  }

  private HttpConfigChange changed() {
    return new HttpConfigChange(this);
  }
}
