package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import dev.millrace.bench.peer.Peers;
import dev.millrace.bench.peer.Postgres;
import java.util.List;
import java.util.Optional;

/** The peers alone: {@code peer.*}, a line for each peer with its name after the figure's. */
public final class PeerScenario implements Scenario {
  @Override
  public String about() {
    return "the peers alone: submit, bulk and drain of db-scheduler and JobRunr";
  }

  @Override
  public List<Part> parts() {
    return List.of(new Part("peer", PeerScenario::run));
  }

  private static void run(Scale scale, Report report) throws Exception {
    Optional<Postgres> postgres = Postgres.start();
    try {
      PeerRuns peers = new PeerRuns(Peers.all(postgres), scale);
      figure("peer.submit.16", scale, report, peers.submit(16));
      figure("peer.submit.bulk", scale, report, peers.submitBulk());
      figure("peer.drain", scale, report, peers.drain());
    } finally {
      if (postgres.isPresent()) {
        postgres.get().close();
      }
    }
  }

  private static void figure(String name, Scale scale, Report report, List<Contender> peers)
      throws InterruptedException {
    Rounds.run(name, scale.runs(), peers)
        .forEach((label, samples) ->
            report.add(
                Figure.alone(
                    name
                        + "."
                        + label
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace(" on ", ".")
                            .replace(' ', '-'),
                    "per second",
                    Figure.FULL,
                    samples)));
  }
}
