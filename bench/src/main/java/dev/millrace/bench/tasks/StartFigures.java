package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Samples;
import dev.millrace.bench.Scale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code tasks.start.p50} and {@code .p99}: two figures of the same runs.
 *
 * <p>They are of a process that has been at work for a while, so every contender is warmed up by
 * the same road first. The measured rate would not do it: at 50 a second the virtual machine needs
 * minutes to compile what runs, and most of the time measured would be that of its interpreter.
 */
final class StartFigures {
  private static final int PER_SECOND = 50;

  private final Map<String, StartRun> runs;
  private final Map<String, List<Double>> slowest = new LinkedHashMap<>();

  StartFigures(Map<String, StartRun> runs) {
    this.runs = runs;
  }

  void run(Scale scale, Report report) throws Exception {
    int seconds = (int) scale.window().toSeconds() * 5;
    for (StartRun run : runs.values()) {
      run.measure().of(run.warmUpPerSecond() * seconds, run.warmUpPerSecond());
    }
    int count = PER_SECOND * (int) scale.window().toSeconds() * 3;
    List<Contender> contenders = new ArrayList<>();
    runs.forEach(
        (label, run) -> contenders.add(new Contender(label, () -> median(label, run, count))));
    report.add(
        "tasks.start.p50",
        "ms",
        Figure.FULL,
        OurRuns.LABEL,
        Rounds.run("tasks.start.p50", scale.runs(), contenders));
    Map<String, Samples> p99 = new LinkedHashMap<>();
    slowest.forEach((label, values) ->
        p99.put(label, Samples.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
    report.add("tasks.start.p99", "ms", Figure.FULL, OurRuns.LABEL, p99);
  }

  /** Returns P50 and keeps P99 for the second figure. */
  private double median(String label, StartRun run, int count) throws Exception {
    Samples times = run.measure().of(count, PER_SECOND);
    slowest.computeIfAbsent(label, _ -> new ArrayList<>()).add(times.quantile(0.99));
    return times.quantile(0.5);
  }
}
