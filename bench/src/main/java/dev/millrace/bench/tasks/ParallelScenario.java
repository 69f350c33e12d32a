package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Progress;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import dev.millrace.bench.Workplace;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** {@code parallel.*}: how much of their time workers are at work on uneven tasks. */
public final class ParallelScenario implements Scenario {
  private static final int TASKS = 100;
  private static final int LEAST_MS = 10;
  private static final int MOST_MS = 200;
  private static final int CPU_WORKERS = 2;
  private static final int IO_WORKERS = 8;

  /** A task of its length in ms. */
  private record Length(int ms) {}

  @Override
  public String about() {
    return "100 tasks of 10 to 200 ms: the share of the workers' time that bodies used";
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part("parallel.efficiency.cpu", ParallelScenario::cpu),
        new Part("parallel.efficiency.io", ParallelScenario::io));
  }

  /** Σ CPU time of bodies / (2 × wall). */
  private static void cpu(Scale scale, Report report) throws Exception {
    var bean = ManagementFactory.getThreadMXBean();
    measure(
        "parallel.efficiency.cpu",
        scale,
        report,
        CPU_WORKERS,
        (used, done) ->
            TaskType.cpu(
                "bench.burn",
                Length.class,
                Length.class,
                (_, length) -> {
                  long from = bean.getCurrentThreadCpuTime();
                  long to = from + TimeUnit.MILLISECONDS.toNanos(length.ms);
                  while (bean.getCurrentThreadCpuTime() < to) {
                    Thread.onSpinWait();
                  }
                  used.add(bean.getCurrentThreadCpuTime() - from);
                  done.countDown();
                  return null;
                }));
  }

  /** Σ waiting time of bodies / (8 × wall). */
  private static void io(Scale scale, Report report) throws Exception {
    measure(
        "parallel.efficiency.io",
        scale,
        report,
        IO_WORKERS,
        (used, done) ->
            TaskType.io(
                "bench.wait",
                Length.class,
                Length.class,
                (_, length) -> {
                  long from = System.nanoTime();
                  long to = from + TimeUnit.MILLISECONDS.toNanos(length.ms);
                  while (System.nanoTime() - to < 0) {
                    LockSupport.parkNanos(to - System.nanoTime());
                  }
                  used.add(System.nanoTime() - from);
                  done.countDown();
                  return null;
                }));
  }

  /** Each run draws its lengths anew, because a last task that is long costs a few per cent. */
  private static List<Length> lengths(long run) {
    SplittableRandom random = new SplittableRandom(run);
    List<Length> lengths = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      lengths.add(new Length(random.nextInt(LEAST_MS, MOST_MS + 1)));
    }
    return lengths;
  }

  /** What workers would reach that take these lengths in their order and lose no time at all. */
  private static double ideal(int workers, long run) {
    long[] free = new long[workers];
    long sum = 0;
    for (Length length : lengths(run)) {
      Arrays.sort(free);
      free[0] += length.ms;
      sum += length.ms;
    }
    return (double) sum / (workers * Arrays.stream(free).max().orElseThrow());
  }

  @FunctionalInterface
  private interface Body {
    TaskType<Length, Length> type(LongAdder used, CountDownLatch done);
  }

  private static void measure(String name, Scale scale, Report report, int workers, Body body)
      throws Exception {
    Progress.say("%s warm-up: %.2f".formatted(name, efficiency(workers, 0, body)));
    AtomicLong run = new AtomicLong();
    var runs =
        Rounds.run(
            name,
            scale.runs(),
            List.of(
                new Contender(
                    OurRuns.LABEL, () -> efficiency(workers, run.incrementAndGet(), body)),
                new Contender("no time lost at all", () -> ideal(workers, run.get()))));
    report.add(name, "of 1", Figure.FULL, OurRuns.LABEL, runs);
  }

  /** From before the submission until the last body has ended. */
  private static double efficiency(int workers, long run, Body body) throws Exception {
    LongAdder used = new LongAdder();
    CountDownLatch done = new CountDownLatch(TASKS);
    TaskType<Length, Length> type = body.type(used, done);
    try (Workplace place = Workplace.create("parallel");
        Millrace millrace = new Millrace(place.folder())) {
      millrace.tasks().register(type);
      millrace.tasks().limitConcurrency(type.queue(), workers);
      List<Length> lengths = lengths(run);
      long from = System.nanoTime();
      millrace.tasks().submitAll(type, lengths, SubmitOptions.defaults());
      if (!done.await(120, TimeUnit.SECONDS)) {
        throw new TimeoutException(done.getCount() + " tasks did not end");
      }
      return (double) used.sum() / (workers * (System.nanoTime() - from));
    }
  }
}
