package dev.millrace.http;

import java.time.Duration;
import java.util.Set;

/** Settings on their way from one {@link HttpConfig} to the next. */
final class HttpConfigChange {
  private String host;
  private int port;
  private Set<String> allowedHosts;
  private Set<String> allowedOrigins;
  private long maxBody;
  private final int maxHeader;
  private Duration idleTimeout;
  private Duration stopGrace;
  private Duration heartbeat;
  private final int acceptQueue;

  HttpConfigChange(HttpConfig from) {
    host = from.host();
    port = from.port();
    allowedHosts = from.allowedHosts();
    allowedOrigins = from.allowedOrigins();
    maxBody = from.maxBody();
    maxHeader = from.maxHeader();
    idleTimeout = from.idleTimeout();
    stopGrace = from.stopGrace();
    heartbeat = from.heartbeat();
    acceptQueue = from.acceptQueue();
  }

  HttpConfigChange host(String value) {
    host = value;
    return this;
  }

  HttpConfigChange port(int value) {
    port = value;
    return this;
  }

  HttpConfigChange allowedHosts(Set<String> value) {
    allowedHosts = value;
    return this;
  }

  HttpConfigChange allowedOrigins(Set<String> value) {
    allowedOrigins = value;
    return this;
  }

  HttpConfigChange maxBody(long value) {
    maxBody = value;
    return this;
  }

  HttpConfigChange idleTimeout(Duration value) {
    idleTimeout = value;
    return this;
  }

  HttpConfigChange stopGrace(Duration value) {
    stopGrace = value;
    return this;
  }

  HttpConfigChange heartbeat(Duration value) {
    heartbeat = value;
    return this;
  }

  HttpConfig config() {
    return new HttpConfig(
        host,
        port,
        allowedHosts,
        allowedOrigins,
        maxBody,
        maxHeader,
        idleTimeout,
        stopGrace,
        heartbeat,
        acceptQueue);
  }
}
