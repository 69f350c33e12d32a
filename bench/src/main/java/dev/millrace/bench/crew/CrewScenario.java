package dev.millrace.bench.crew;

import dev.millrace.apps.crew.decisions.NewDecision;
import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Producers;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import dev.millrace.bench.Workplace;
import dev.millrace.bench.http.BareJetty;
import dev.millrace.bench.http.Load;
import dev.millrace.bench.http.LoadClient;
import dev.millrace.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** {@code crew.*}: plans out of requests over HTTP, and decisions recorded. */
public final class CrewScenario implements Scenario {
  private static final int USERS = 10;
  private static final int BATCH = 100;
  private static final int BATCH_CALLERS = 4;
  private static final int SINGLE_CALLERS = 16;
  private static final int BATCH_CONNECTIONS = 8;

  /** As long as the virtual machine takes to compile what a request goes through. */
  private static final Duration WARM_UP = Duration.ofSeconds(30);

  private static final String OURS = "millrace";

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
    return "plans out of 1,000 requests over HTTP, decisions in batches and one by one, beside raw"
        + " SQLite";
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part(
            "crew.plan.p95",
            (scale, report) -> plan("crew.plan.p95", "ms", scale, report, Load.Outcome::p95)),
        new Part(
            "crew.plan.rate",
            (scale, report) ->
                plan("crew.plan.rate", "per second", scale, report, Load.Outcome::rate)),
        new Part("crew.decisions.batch", CrewScenario::batch),
        new Part("crew.decisions.http", CrewScenario::http),
        new Part("crew.decisions.single16", CrewScenario::single));
  }

  /** Ten users, each with one request under way, as fast as they are answered. */
  private static void plan(
      String name, String unit, Scale scale, Report report, ToDoubleFunction<Load.Outcome> value)
      throws Exception {
    ServerProcess.build();
    List<Contender> contenders =
        List.of(
            new Contender(OURS, () -> value.applyAsDouble(plans(scale))),
            new Contender("bare Jetty, constant JSON", () -> value.applyAsDouble(bare(scale))));
    report.add(name, unit, Figure.NONE, OURS, Rounds.run(name, scale.runs(), contenders));
  }

  private static Load.Outcome plans(Scale scale) throws Exception {
    try (Workplace place = Workplace.create("crew");
        ServerProcess server = ServerProcess.start(place.folder())) {
      return plans(scale, server.port(), Requests.write(place.file("requests.jsonl")));
    }
  }

  private static Load.Outcome bare(Scale scale) throws Exception {
    try (Workplace place = Workplace.create("crew");
        BareJetty server = BareJetty.start(OPTIONS)) {
      return plans(scale, server.port(), Requests.write(place.file("requests.jsonl")));
    }
  }

  private static Load.Outcome plans(Scale scale, int port, Path bodies) throws Exception {
    Load load =
        Load.saturating(
            port,
            "/api/v1/crew/workflows/analyze",
            "",
            USERS,
            WARM_UP,
            scale.window().multipliedBy(2));
    return withoutErrors(LoadClient.run(load.withBodies(bodies)));
  }

  private static void batch(Scale scale, Report report) throws Exception {
    decisions(
        "crew.decisions.batch",
        scale,
        report,
        List.of(
            new Contender(OURS, () -> BATCH * inProcess(scale, BATCH_CALLERS, BATCH)),
            raw(scale, BATCH)));
  }

  private static void single(Scale scale, Report report) throws Exception {
    decisions(
        "crew.decisions.single16",
        scale,
        report,
        List.of(
            new Contender(OURS, () -> inProcess(scale, SINGLE_CALLERS, 1)),
            raw(scale, SINGLE_CALLERS)));
  }

  private static void http(Scale scale, Report report) throws Exception {
    ServerProcess.build();
    decisions(
        "crew.decisions.http",
        scale,
        report,
        List.of(new Contender(OURS, () -> overHttp(scale)), raw(scale, BATCH)));
  }

  private static void decisions(String name, Scale scale, Report report, List<Contender> contenders)
      throws Exception {
    report.add(name, "per second", Figure.FULL, OURS, Rounds.run(name, scale.runs(), contenders));
  }

  private static Contender raw(Scale scale, int perCommit) {
    return new Contender(
        "raw SQLite, " + perCommit + " rows a commit", () -> RawDecisions.rate(scale, perCommit));
  }

  /** Calls a second, with the index following. */
  private static double inProcess(Scale scale, int callers, int perCall) throws Exception {
    AtomicLong numbers = new AtomicLong();
    try (Workplace place = Workplace.create("crew");
        CrewStore crew = new CrewStore(place.folder())) {
      return Producers.virtual(callers)
          .rate(
              scale.warmUp(),
              scale.window(),
              () -> {
                if (perCall == 1) {
                  crew.recorder.record(DecisionRows.decision(numbers.incrementAndGet()));
                  return;
                }
                List<NewDecision> some = new ArrayList<>(perCall);
                for (int i = 0; i < perCall; i++) {
                  some.add(DecisionRows.decision(numbers.incrementAndGet()));
                }
                crew.recorder.recordAll(some);
              });
    }
  }

  private static double overHttp(Scale scale) throws Exception {
    try (Workplace place = Workplace.create("crew");
        ServerProcess server = ServerProcess.start(place.folder())) {
      Load load =
          Load.saturating(
              server.port(),
              "/api/v1/crew/decisions/batch",
              DecisionRows.batch(BATCH),
              BATCH_CONNECTIONS,
              WARM_UP,
              scale.window().multipliedBy(2));
      return BATCH * withoutErrors(LoadClient.run(load)).rate();
    }
  }

  private static Load.Outcome withoutErrors(Load.Outcome outcome) throws IOException {
    if (outcome.errors() > 0) {
      throw new IOException(outcome.errors() + " errors, the first: " + outcome.firstError());
    }
    return outcome;
  }
}
