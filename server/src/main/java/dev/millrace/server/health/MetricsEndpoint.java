package dev.millrace.server.health;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.http.Role;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** {@code /metrics} in the text format of Prometheus. */
public final class MetricsEndpoint {
  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private MetricsEndpoint() {}

  public static Endpoint of(PrometheusMeterRegistry meters) {
    return Endpoint.get("/metrics")
        .id("readMetrics")
        .summary("All figures of this process, for Prometheus")
        .tags("health")
        .role(Role.READER)
        .answersContent(
            200,
            "text/plain",
            "The figures in the text format of Prometheus, version 0.0.4",
            "tasks_submitted_total 1042.0\n")
        .handle(_ -> Reply.text(200, meters.scrape(), FORMAT));
  }
}
