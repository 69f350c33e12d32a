package dev.millrace.bench.http;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import dev.millrace.bench.Workplace;
import dev.millrace.bench.server.ServerFigures;
import dev.millrace.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** {@code http.*}: submitting tasks over HTTP with 1,000 connections; and {@code server.*}. */
public final class HttpScenario implements Scenario {
  private static final int CONNECTIONS = 1_000;

  /**
   * A server's compiler needs as long under load, on two cores, before its speed is the one that
   * lasts: until then it takes a third of them.
   */
  private static final Duration WARM_UP = Duration.ofSeconds(30);

  private static final int FIXED_RATE = 2_000;
  private static final String PATH = "/api/v1/tasks";
  private static final String BODY = "{\"type\":\"sample.noop\",\"input\":{}}";

  /** The launcher's options, so that the bare server has the same machine under it. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseParallelGC",
          "-XX:MaxNewSize=96m",
          "-XX:+UseCompactObjectHeaders",
          "-Xms32m",
          "-XX:MaxRAMPercentage=25",
          "-Xss512k");

  @Override
  public String about() {
    return "POST /tasks at 1,000 connections beside a bare Jetty; start and memory of the server";
  }

  @Override
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("http.submit.rate", HttpScenario::rate));
    parts.add(new Part("http.submit.p95", HttpScenario::p95));
    parts.addAll(ServerFigures.parts());
    return parts;
  }

  private static void rate(Scale scale, Report report) throws Exception {
    figure("http.submit.rate", "per second", scale, report, 0, Load.Outcome::rate);
  }

  private static void p95(Scale scale, Report report) throws Exception {
    figure("http.submit.p95", "ms", scale, report, FIXED_RATE, Load.Outcome::p95);
  }

  private static void figure(
      String name,
      String unit,
      Scale scale,
      Report report,
      int rate,
      ToDoubleFunction<Load.Outcome> value)
      throws Exception {
    ServerProcess.build();
    List<Contender> contenders =
        List.of(
            new Contender("millrace", () -> value.applyAsDouble(ours(scale, rate))),
            new Contender(
                "bare Jetty, constant JSON", () -> value.applyAsDouble(bare(scale, rate))));
    report.add(name, unit, Figure.FULL, "millrace", Rounds.run(name, scale.runs(), contenders));
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
    return LoadClient.run(
        new Load(port, PATH, BODY, CONNECTIONS, rate, WARM_UP, scale.window().multipliedBy(2)));
  }

  /** A rate that errors helped to reach is no figure. */
  private static Load.Outcome withoutErrors(Load.Outcome outcome) throws IOException {
    if (outcome.errors() > 0) {
      throw new IOException(outcome.errors() + " errors, the first: " + outcome.firstError());
    }
    return outcome;
  }
}
