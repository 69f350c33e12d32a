package dev.millrace.bench.server;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Workplace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code server.*}: how fast the server answers after its start, and what it keeps in memory. */
public final class ServerFigures {
  private static final int STARTS = 7;
  private static final int WAITING = 10_000;

  private ServerFigures() {}

  public static List<Part> parts() {
    return List.of(
        part("server.start", "ms", ServerFigures::start),
        part("server.rss", "MB", () -> resident(0)),
        part("server.rss.10000", "MB", () -> resident(WAITING)));
  }

  private static Part part(String name, String unit, Contender.Run run) {
    return new Part(
        name,
        (scale, report) -> {
          ServerProcess.build();
          int runs = unit.equals("ms") ? STARTS : scale.runs();
          report.add(
              name,
              unit,
              Figure.FULL,
              "millrace",
              Rounds.run(name, runs, List.of(new Contender("millrace", run))));
        });
  }

  private static double start() throws Exception {
    try (Workplace place = Workplace.create("start");
        ServerProcess server = ServerProcess.start(place.folder())) {
      return server.startTime().toNanos() / 1e6;
    }
  }

  /** Ready tasks in a paused queue: they fill the dispatcher's window and nobody takes them. */
  private static double resident(int waiting) throws Exception {
    try (Workplace place = Workplace.create("memory");
        ServerProcess server = ServerProcess.start(place.folder())) {
      if (waiting > 0) {
        submitPaused(server, waiting);
      }
      // Idle is what remains once the threads and buffers of the start have settled.
      TimeUnit.SECONDS.sleep(5);
      return server.residentMegabytes();
    }
  }

  private static void submitPaused(ServerProcess server, int count) throws IOException {
    // A queue exists from its first task on.
    server.post("/api/v1/tasks", Map.of("type", "sample.noop"));
    server.post("/api/v1/queues/default/pause", Map.of());
    List<Map<String, Object>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(Map.of("type", "sample.noop", "input", Map.of()));
    }
    server.post("/api/v1/tasks/bulk", Map.of("tasks", tasks));
  }
}
