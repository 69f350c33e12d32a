package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Progress;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Samples;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Workplace;
import dev.millrace.bench.app.MarkApp;
import dev.millrace.bench.app.MarkLine;
import dev.millrace.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * {@code tasks.restart}: a server with 5,000 tasks of 5 ms in its queue is killed in the middle and
 * started again. What ran is known from marks that the bodies leave outside the database, what was
 * committed from the database itself, read while no server has it.
 */
final class RestartFigures {
  private static final int TASKS = 5_000;
  private static final int TASK_MILLIS = 5;
  private static final int ENDED_BEFORE_KILL = 1_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final List<Double> lost = new ArrayList<>();
  private final List<Double> repeated = new ArrayList<>();

  void run(Scale scale, Report report) throws IOException, InterruptedException {
    ServerProcess.build();
    Map<String, Samples> times =
        Rounds.run(
            "tasks.restart",
            scale.runs(),
            List.of(new Contender(OurRuns.LABEL, this::killAndRestart)));
    report.add("tasks.restart", "ms", Figure.FULL, OurRuns.LABEL, times);
    if (!lost.isEmpty()) {
      report.add(Figure.alone("tasks.restart.lost", "tasks", Figure.FULL, worst(lost)));
      report.add(Figure.alone("tasks.restart.repeated", "tasks", Figure.FULL, worst(repeated)));
    }
  }

  /** A median of losses would hide one. */
  private static Samples worst(List<Double> values) {
    return Samples.of(values.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
  }

  private double killAndRestart() throws Exception {
    try (Workplace place = Workplace.create("restart")) {
      Path data = place.folder();
      Path marks = data.resolve("bench").resolve(MarkApp.MARKS);
      putApp(data);
      Set<String> submitted;
      try (ServerProcess server = ServerProcess.start(data)) {
        submitted = submit(server);
        awaitEnded(marks);
        server.kill();
      }
      List<MarkLine> before = MarkLine.read(marks);
      Set<String> committed = new Finished(data).succeeded();
      try (ServerProcess server = ServerProcess.start(data)) {
        Instant answer = server.answeredAt();
        awaitDone(server);
        List<MarkLine> all = MarkLine.read(marks);
        return judge(submitted, committed, before, all.subList(before.size(), all.size()), answer);
      }
    }
  }

  /** The benchmarks' own jar, as an outside application. */
  private static void putApp(Path data) throws IOException {
    Path apps = Files.createDirectories(data.resolve("apps"));
    try (Stream<Path> built = Files.list(Workplace.root().resolve("bench/target"))) {
      Path jar =
          built
              .filter(file -> file.getFileName().toString().matches("millrace-bench-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> new IOException("bench/target has no millrace-bench jar"));
      Files.copy(jar, apps.resolve("millrace-bench.jar"));
    }
  }

  private static Set<String> submit(ServerProcess server) throws IOException {
    Map<String, Object> task = Map.of("type", "bench.mark", "input", Map.of("ms", TASK_MILLIS));
    JsonNode answer =
        server.post(
            "/api/v1/tasks/bulk", Map.of("tasks", java.util.Collections.nCopies(TASKS, task)));
    Set<String> ids = new HashSet<>();
    answer.get("ids").forEach(id -> ids.add(id.asString()));
    return ids;
  }

  private static void awaitEnded(Path marks) throws Exception {
    await(() ->
        MarkLine.read(marks).stream().filter(mark -> mark.kind() == MarkLine.Kind.END).count()
            >= ENDED_BEFORE_KILL);
  }

  private static void awaitDone(ServerProcess server) throws Exception {
    await(() -> {
      for (JsonNode queue : server.get("/api/v1/queues").get("items")) {
        if (queue.get("name").asString().equals("default")) {
          JsonNode counts = queue.get("counts");
          return counts.get("ready").asLong() + counts.get("running").asLong() == 0;
        }
      }
      return false;
    });
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  /** The other process gives no signal of its own, so its marks and answers are polled. */
  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("The server did not get there in " + LIMIT);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Returns the time in ms until the last of the interrupted tasks ran again. */
  private double judge(
      Set<String> submitted,
      Set<String> committed,
      List<MarkLine> before,
      List<MarkLine> after,
      Instant answer)
      throws IOException {
    Map<String, Instant> again = starts(after);
    Set<String> interrupted = new HashSet<>(starts(before).keySet());
    interrupted.removeAll(committed);
    Set<String> ended =
        Stream.concat(before.stream(), after.stream())
            .filter(mark -> mark.kind() == MarkLine.Kind.END)
            .map(MarkLine::task)
            .collect(Collectors.toSet());
    Set<String> missing = new HashSet<>(submitted);
    missing.removeAll(ended);
    Set<String> twice = new HashSet<>(committed);
    twice.retainAll(again.keySet());
    lost.add((double) missing.size());
    repeated.add((double) twice.size());
    Progress.say(
        "    %d tasks: %d committed before the kill, %d interrupted, %d lost, %d run twice"
            .formatted(
                submitted.size(),
                committed.size(),
                interrupted.size(),
                missing.size(),
                twice.size()));
    long last = 0;
    for (String task : interrupted) {
      Instant start = again.get(task);
      if (start == null) {
        throw new IOException("The interrupted task " + task + " did not run again");
      }
      last = Math.max(last, Duration.between(answer, start).toNanos());
    }
    return last / 1e6;
  }

  private static Map<String, Instant> starts(List<MarkLine> marks) {
    return marks.stream()
        .filter(mark -> mark.kind() == MarkLine.Kind.START)
        .collect(Collectors.toMap(MarkLine::task, MarkLine::at, (first, _) -> first));
  }
}
