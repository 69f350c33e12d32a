package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Samples;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import dev.millrace.bench.peer.Peers;
import dev.millrace.bench.peer.Postgres;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code tasks.*}: submitting, draining, starting and recovering tasks. */
public final class TasksScenario implements Scenario {
  private static final String RATE = "per second";

  @Override
  public String about() {
    return "submit, drain, start and restart of tasks, beside raw SQLite, db-scheduler and JobRunr";
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part("tasks.submit.16", TasksScenario::submit16),
        new Part("tasks.submit.256", TasksScenario::submit256),
        new Part("tasks.submit.bulk", TasksScenario::submitBulk),
        new Part("tasks.drain", TasksScenario::drain),
        new Part("tasks.start", TasksScenario::start),
        new Part("tasks.restart", (scale, report) -> new RestartFigures().run(scale, report)));
  }

  private static void submit16(Scale scale, Report report) throws Exception {
    withPeers(
        scale,
        peers -> {
          List<Contender> all = new ArrayList<>();
          all.add(new OurRuns(scale).submit(16));
          all.add(new RawRuns(scale).commits(16));
          all.addAll(peers.submit(16));
          rate("tasks.submit.16", scale, report, all);
        });
  }

  private static void submit256(Scale scale, Report report) throws Exception {
    rate(
        "tasks.submit.256",
        scale,
        report,
        List.of(new OurRuns(scale).submit(256), new RawRuns(scale).commits(256)));
  }

  private static void submitBulk(Scale scale, Report report) throws Exception {
    withPeers(
        scale,
        peers -> {
          List<Contender> all = new ArrayList<>();
          all.add(new OurRuns(scale).submitBulk());
          all.add(new RawRuns(scale).bulk());
          all.addAll(peers.submitBulk());
          rate("tasks.submit.bulk", scale, report, all);
        });
  }

  private static void rate(String name, Scale scale, Report report, List<Contender> all)
      throws Exception {
    new OurRuns(scale).warmUp();
    report.add(name, RATE, Figure.FULL, OurRuns.LABEL, Rounds.run(name, scale.runs(), all));
  }

  /** Both drains run in turn, because the second is judged by the first. */
  private static void drain(Scale scale, Report report) throws Exception {
    OurRuns ours = new OurRuns(scale);
    String old = "millrace with %,d finished tasks".formatted(scale.history());
    withPeers(
        scale,
        peers -> {
          Map<String, Samples> samples;
          try (History none = History.none();
              History history = History.of(scale.history())) {
            List<Contender> all =
                new ArrayList<>(List.of(ours.drain(OurRuns.LABEL, none), ours.drain(old, history)));
            all.addAll(peers.drain());
            samples = Rounds.run("tasks.drain", scale.runs(), all);
          }
          Samples withHistory = samples.remove(old);
          report.add("tasks.drain", RATE, Figure.FULL, OurRuns.LABEL, samples);
          Samples without = samples.get(OurRuns.LABEL);
          if (withHistory != null && without != null) {
            report.add(
                Figure.alone("tasks.drain.history", RATE, Figure.FULL, withHistory)
                    .against("tasks.drain", without));
          }
        });
  }

  private static void start(Scale scale, Report report) throws Exception {
    withPeers(
        scale,
        peers -> {
          Map<String, StartRun> runs = new LinkedHashMap<>();
          runs.put(OurRuns.LABEL, OurRuns.startTimes());
          runs.put("raw SQLite, 1 row a commit", RawRuns.commitTimes());
          runs.putAll(peers.start());
          new StartFigures(runs).run(scale, report);
        });
  }

  @FunctionalInterface
  private interface Use {
    void with(PeerRuns peers) throws Exception;
  }

  private static void withPeers(Scale scale, Use use) throws Exception {
    Optional<Postgres> postgres = Postgres.start();
    try {
      use.with(new PeerRuns(Peers.all(postgres), scale));
    } finally {
      if (postgres.isPresent()) {
        postgres.get().close();
      }
    }
  }
}
