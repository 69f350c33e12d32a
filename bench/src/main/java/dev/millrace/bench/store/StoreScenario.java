package dev.millrace.bench.store;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Producers;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import dev.millrace.bench.Workplace;
import dev.millrace.bench.raw.RawWriter;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code store.write.N}: N callers that each insert a row of 100 bytes and wait for its commit,
 * beside one raw connection that commits N such rows at a time.
 */
public final class StoreScenario implements Scenario {
  private static final String TABLE = "CREATE TABLE bench (id INTEGER PRIMARY KEY, text TEXT)";
  private static final String INSERT = "INSERT INTO bench (id, text) VALUES (?, ?)";
  private static final String TEXT = "x".repeat(100);

  @Override
  public String about() {
    return "writes of one row each by 16, 256 and 1,000 callers, beside raw SQLite";
  }

  @Override
  public List<Part> parts() {
    return List.of(part(16), part(256), part(1_000));
  }

  private static Part part(int callers) {
    String name = "store.write." + callers;
    return new Part(
        name,
        (scale, report) ->
            report.add(
                name,
                "per second",
                Figure.FULL,
                "millrace",
                Rounds.run(
                    name,
                    scale.runs(),
                    List.of(
                        new Contender("millrace", () -> ours(callers, scale)),
                        new Contender(
                            "raw SQLite, " + callers + " rows a commit",
                            () -> raw(callers, scale))))));
  }

  private static double ours(int callers, Scale scale) throws Exception {
    AtomicLong ids = new AtomicLong();
    try (Workplace place = Workplace.create("store");
        Store store = Store.open(StoreConfig.defaults(place.file("store.db")))) {
      store.write(tx -> tx.update(TABLE));
      return Producers.virtual(callers)
          .rate(
              scale.warmUp(),
              scale.window(),
              () -> store.write(tx -> tx.update(INSERT, ids.incrementAndGet(), TEXT)));
    }
  }

  private static double raw(int perCommit, Scale scale) throws Exception {
    try (Workplace place = Workplace.create("raw");
        RawWriter writer = RawWriter.open(place.file("raw.db")).execute(TABLE)) {
      writer.inserting(
          INSERT,
          (statement, number) -> {
            statement.setLong(1, number);
            statement.setString(2, TEXT);
          });
      return writer.rate(perCommit, scale.warmUp(), scale.window());
    }
  }
}
