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
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.tasks.AdaptiveConfig;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.TasksConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code tasks.autotune}: a recorded load, played with the times and durations that it had, once
 * with the defaults and once with auto-tuning.
 */
public final class AutotuneScenario implements Scenario {
  private static final Duration TRIAL = Duration.ofMillis(500);
  private static final long LONGEST_SECONDS = 150;
  private static final int MOST_AT_ONCE = 10_000;

  /** A task that waits as long as the recorded one ran. */
  private record Took(int ms) {}

  @Override
  public String about() {
    return "a recorded load with auto-tuning, beside the same with the defaults";
  }

  @Override
  public List<Part> parts() {
    return List.of(new Part("tasks.autotune", AutotuneScenario::measure));
  }

  private static void measure(Scale scale, Report report) throws Exception {
    RecordedLoad load = RecordedLoad.load();
    Progress.say("tasks.autotune: %,d tasks of %s".formatted(load.tasks().size(), load.name()));
    AdaptiveConfig defaults = AdaptiveConfig.DEFAULT;
    AdaptiveConfig tuned = defaults.withAutoTuning(true, TRIAL);
    var runs =
        Rounds.run(
            "tasks.autotune",
            scale.runs(),
            List.of(
                new Contender(OurRuns.LABEL, () -> rate(load, tuned)),
                new Contender("the defaults", () -> rate(load, defaults))));
    report.add("tasks.autotune", "tasks/s", Figure.FULL, OurRuns.LABEL, runs);
  }

  /** Submits each when it is due; what is due by then shares a submission. */
  private static void play(RecordedLoad load, long from, Tasks tasks, TaskType<Took, Took> type) {
    List<RecordedLoad.Task> all = load.tasks();
    int next = 0;
    while (next < all.size()) {
      long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
      var due = new ArrayList<Took>();
      while (next < all.size() && all.get(next).at() <= now && due.size() < MOST_AT_ONCE) {
        due.add(new Took(all.get(next++).ms()));
      }
      if (due.isEmpty()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(all.get(next).at() - now));
      } else {
        tasks.submitAll(type, due, SubmitOptions.defaults());
      }
    }
  }

  /** Tasks a second, from the first submission until the last body has ended. */
  private static double rate(RecordedLoad load, AdaptiveConfig adaptive) throws Exception {
    var done = new CountDownLatch(load.tasks().size());
    TaskType<Took, Took> type =
        TaskType.io(
            "bench.recorded",
            Took.class,
            Took.class,
            (_, took) -> {
              long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(took.ms);
              while (System.nanoTime() - until < 0) {
                LockSupport.parkNanos(until - System.nanoTime());
              }
              done.countDown();
              return null;
            });
    try (Workplace place = Workplace.create("autotune");
        Store store = Store.open(StoreConfig.defaults(place.file(Millrace.FILE)));
        Tasks tasks =
            Tasks.on(store, place.folder())
                .config(TasksConfig.defaults().withAdaptive(adaptive))
                .build()) {
      tasks.register(type);
      tasks.start();
      long from = System.nanoTime();
      play(load, from, tasks, type);
      if (!done.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new TimeoutException(done.getCount() + " tasks did not end");
      }
      double seconds = (System.nanoTime() - from) / 1e9;
      tasks.adaptive().tuning().values().forEach(value -> Progress.say("  " + value));
      return load.tasks().size() / seconds;
    }
  }
}
