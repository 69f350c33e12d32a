package dev.millrace.bench.http;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import dev.millrace.bench.Workplace;
import dev.millrace.bench.server.ServerFigures;
import dev.millrace.bench.server.ServerProcess;
import java.io.IOException;
import java.util.List;

/** {@code http.*}: submitting tasks over HTTP with 1,000 connections; and {@code server.*}. */
public final class HttpScenario implements Scenario {
  private static final int CONNECTIONS = 1_000;
  private static final int FIXED_RATE = 2_000;
  private static final String PATH = "/api/v1/tasks";
  private static final String BODY = "{\"type\":\"sample.noop\",\"input\":{}}";

  /** The launcher's options, so that the bare server has the same machine under it. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xms32m",
          "-XX:MaxRAMPercentage=25",
          "-Xss512k");

  @Override
  public String about() {
    return "POST /tasks at 1,000 connections beside a bare Jetty; start and memory of the server";
  }

  @Override
  public void run(Scale scale, Report report) throws Exception {
    ServerProcess.build();
    report.add(
        "http.submit.rate",
        "per second",
        Figure.FULL,
        "millrace",
        Rounds.run(
            "http.submit.rate",
            scale.runs(),
            List.of(
                new Contender("millrace", () -> ours(scale, 0).rate()),
                new Contender("bare Jetty, constant JSON", () -> bare(scale, 0).rate()))));
    report.add(
        "http.submit.p95",
        "ms",
        Figure.FULL,
        "millrace",
        Rounds.run(
            "http.submit.p95",
            scale.runs(),
            List.of(
                new Contender("millrace", () -> ours(scale, FIXED_RATE).p95()),
                new Contender("bare Jetty, constant JSON", () -> bare(scale, FIXED_RATE).p95()))));
    new ServerFigures(scale, report).run();
  }

  private static Load.Outcome ours(Scale scale, int rate) throws Exception {
    try (Workplace place = Workplace.create("http");
        ServerProcess server = ServerProcess.start(place.folder())) {
      return withoutErrors(load(scale, server.port(), rate));
    }
  }

  private static Load.Outcome bare(Scale scale, int rate) throws Exception {
    try (BareJetty server = BareJetty.start(OPTIONS)) {
      return withoutErrors(load(scale, server.port(), rate));
    }
  }

  private static Load.Outcome load(Scale scale, int port, int rate) throws Exception {
    // A server's compiler needs seconds under load before its speed is the one that lasts.
    return LoadClient.run(
        new Load(
            port,
            PATH,
            BODY,
            CONNECTIONS,
            rate,
            scale.warmUp().multipliedBy(4),
            scale.window().multipliedBy(2)));
  }

  /** A rate that errors helped to reach is no figure. */
  private static Load.Outcome withoutErrors(Load.Outcome outcome) throws IOException {
    if (outcome.errors() > 0) {
      throw new IOException(outcome.errors() + " errors, the first: " + outcome.firstError());
    }
    return outcome;
  }
}
