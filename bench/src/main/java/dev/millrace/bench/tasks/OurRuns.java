package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Producers;
import dev.millrace.bench.Scale;
import dev.millrace.bench.StartTimes;
import dev.millrace.bench.Workplace;
import dev.millrace.tasks.TaskType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Our own tasks as the contender in the figures of tasks. */
final class OurRuns {
  static final String LABEL = "millrace";
  private static final int LONGEST_DRAIN_SECONDS = 300;
  private static final int WARM_UP_TASKS = 20_000;

  private final Scale scale;

  OurRuns(Scale scale) {
    this.scale = scale;
  }

  /** Lets the compiler see the way of a submission before the first run is measured. */
  void warmUp() throws Exception {
    try (Workplace place = Workplace.create("warm-up");
        Millrace millrace = paused(place.folder())) {
      Producers.virtual(64).rate(Duration.ZERO, scale.warmUp().multipliedBy(3), millrace::submit);
    }
  }

  /**
   * Submits a second by {@code producers} callers on virtual threads. The queue is paused, so that
   * the figure is of submitting alone; the dispatcher takes up what it can hold all the same.
   */
  Contender submit(int producers) {
    return new Contender(
        LABEL,
        () -> {
          try (Workplace place = Workplace.create("submit");
              Millrace millrace = paused(place.folder())) {
            return Producers.virtual(producers)
                .rate(scale.warmUp(), scale.window(), millrace::submit);
          }
        });
  }

  /** Tasks a second, submitted by one caller, 10,000 at a time. */
  Contender submitBulk() {
    return new Contender(
        LABEL,
        () -> {
          try (Workplace place = Workplace.create("bulk");
              Millrace millrace = paused(place.folder())) {
            millrace.submitAll(WARM_UP_TASKS);
            long start = System.nanoTime();
            millrace.submitAll(scale.bulk());
            return scale.bulk() / ((System.nanoTime() - start) / 1e9);
          }
        });
  }

  private static Millrace paused(Path folder) {
    Millrace millrace = new Millrace(folder);
    millrace.pause();
    return millrace;
  }

  /** Tasks a second, from the moment the queue may run until every outcome is durable. */
  Contender drain(String label, History history) {
    return new Contender(
        label,
        () -> {
          try (Workplace place = Workplace.create("drain")) {
            history.copyTo(place.folder());
            try (Millrace millrace = paused(place.folder())) {
              millrace.submitAll(WARM_UP_TASKS);
              drain(millrace, WARM_UP_TASKS);
            }
            try (Millrace millrace = paused(place.folder())) {
              millrace.submitAll(scale.drain());
            }
            try (Millrace millrace = new Millrace(place.folder())) {
              return scale.drain() / (drain(millrace, scale.drain()).toNanos() / 1e9);
            }
          }
        });
  }

  /** Resumes a paused queue that holds {@code count} tasks, and closes tasks when all are done. */
  static Duration drain(Millrace millrace, int count) throws Exception {
    CountDownLatch bodies = millrace.expect(count);
    long start = System.nanoTime();
    millrace.resume();
    if (!bodies.await(LONGEST_DRAIN_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException(bodies.getCount() + " of " + count + " tasks had not run");
    }
    // Returns when every outcome is durable.
    millrace.tasks().close();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Times from submit to the start of the body, with workers that wait for it. */
  static StartRun startTimes() {
    return new StartRun(
        2_000,
        (count, perSecond) -> {
          try (Workplace place = Workplace.create("start");
              Millrace millrace = new Millrace(place.folder())) {
            StartTimes times = new StartTimes(count);
            TaskType<Numbered, Numbered> type =
                TaskType.io(
                    "bench.timed",
                    Numbered.class,
                    Numbered.class,
                    (_, input) -> {
                      times.bodyStarts(input.number());
                      return null;
                    });
            millrace.tasks().register(type);
            return times.measure(
                perSecond,
                Duration.ofSeconds(30),
                number -> millrace.tasks().submit(type, new Numbered(number)));
          }
        });
  }

  /** Says which of the tasks a body belongs to. */
  private record Numbered(int number) {}
}
