package dev.millrace.outbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What is counted. Reasons are tags, hosts are not: there is no end of them. */
final class OutboundMetrics {
  private final MeterRegistry registry;
  private final Counter received;

  OutboundMetrics(MeterRegistry registry) {
    this.registry = registry;
    received =
        Counter.builder("millrace.outbound.download.bytes")
            .baseUnit("bytes")
            .description("Bytes of downloads that came over the network")
            .register(registry);
  }

  void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  void received(int bytes) {
    received.increment(bytes);
  }

  void retried(FailureReason reason) {
    Counter.builder("millrace.outbound.retries")
        .description("Attempts that failed and were followed by another")
        .tag("reason", tag(reason))
        .register(registry)
        .increment();
  }

  /** A download ended: from the network, from the cache, or with a failure. */
  void downloaded(String outcome, Duration took) {
    Timer.builder("millrace.outbound.downloads")
        .description("Downloads from the first call to the file in place")
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
  }

  /** A request of the web client ended: with a class of statuses, or with a failure. */
  void requested(String outcome, Duration took) {
    Timer.builder("millrace.outbound.requests")
        .description("Requests of the web client, all attempts together")
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
  }

  static String tag(FailureReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
