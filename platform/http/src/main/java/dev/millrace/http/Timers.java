package dev.millrace.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The timers {@code http.server.requests} of one route, one for each method and status, kept in an
 * array because looking a meter up by its tags costs more than recording it. Thread-safe.
 */
final class Timers {
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
    Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(10)
  };
  private static final int STATUSES = 500;

  private final MeterRegistry meters;
  private final String method;
  private final String uri;
  private final AtomicReferenceArray<Timer> byStatus = new AtomicReferenceArray<>(STATUSES);

  Timers(MeterRegistry meters, String method, String uri) {
    this.meters = meters;
    this.method = method;
    this.uri = uri;
  }

  void record(int status, long nanos) {
    int at = status >= 100 && status < 100 + STATUSES ? status - 100 : 400;
    Timer timer = byStatus.get(at);
    if (timer == null) {
      timer = timer(at + 100);
      byStatus.set(at, timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(int status) {
    return Timer.builder("http.server.requests")
        .description("Requests, from the first byte of the header to the last of the answer")
        .tag("method", method)
        .tag("uri", uri)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(BOUNDS)
        .register(meters);
  }
}
