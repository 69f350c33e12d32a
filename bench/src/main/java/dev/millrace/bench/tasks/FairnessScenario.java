package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Figure;
import dev.millrace.bench.Part;
import dev.millrace.bench.Report;
import dev.millrace.bench.Rounds;
import dev.millrace.bench.Scale;
import dev.millrace.bench.Scenario;
import dev.millrace.bench.Workplace;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskType;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code fairness.*}: few tasks of one tenant behind many of another. */
public final class FairnessScenario implements Scenario {
  private static final int MANY = 100_000;
  private static final int FEW = 10;
  private static final int AT_ONCE = 8;
  private static final int MS = 10;
  private static final int LARGEST_BULK = 10_000;

  /** Tasks of the first tenant that have started before the second one comes. */
  private static final int UNDER_WAY = 400;

  private static final SubmitOptions A = SubmitOptions.defaults().withTenant("a");
  private static final SubmitOptions B = SubmitOptions.defaults().withTenant("b");

  @Override
  public String about() {
    return "ten tasks of a tenant behind 100,000 of another, 10 ms each, 8 at once";
  }

  @Override
  public List<Part> parts() {
    return List.of(new Part("fairness.wait", FairnessScenario::lastStart));
  }

  private static void lastStart(Scale scale, Report report) throws Exception {
    var times =
        Rounds.run(
            "fairness.wait",
            scale.runs(),
            List.of(new Contender(OurRuns.LABEL, FairnessScenario::lastStart)));
    report.add("fairness.wait", "ms", Figure.FULL, OurRuns.LABEL, times);
  }

  /** From before the submission of the second tenant until the last of its bodies begins. */
  private static double lastStart() throws Exception {
    CountDownLatch underWay = new CountDownLatch(UNDER_WAY);
    CountDownLatch few = new CountDownLatch(FEW);
    TaskType<Millrace.Empty, Millrace.Empty> type =
        TaskType.io(
            "bench.ten",
            Millrace.Empty.class,
            Millrace.Empty.class,
            (run, _) -> {
              (run.tenant().orElseThrow().equals("b") ? few : underWay).countDown();
              Thread.sleep(MS);
              return null;
            });
    try (Workplace place = Workplace.create("fairness");
        Millrace millrace = new Millrace(place.folder())) {
      millrace.tasks().register(type);
      millrace.pause();
      for (int left = MANY; left > 0; left -= LARGEST_BULK) {
        millrace.tasks().submitAll(type, Collections.nCopies(LARGEST_BULK, Millrace.EMPTY), A);
      }
      millrace.tasks().limitConcurrency(TaskType.IO_QUEUE, AT_ONCE);
      millrace.resume();
      await(underWay, "tasks of the first tenant");
      long from = System.nanoTime();
      millrace.tasks().submitAll(type, Collections.nCopies(FEW, Millrace.EMPTY), B);
      await(few, "tasks of the second tenant");
      double waited = (System.nanoTime() - from) / 1e6;
      millrace.pause();
      return waited;
    }
  }

  private static void await(CountDownLatch latch, String what) throws Exception {
    if (!latch.await(60, TimeUnit.SECONDS)) {
      throw new TimeoutException(latch.getCount() + " " + what + " did not start");
    }
  }
}
