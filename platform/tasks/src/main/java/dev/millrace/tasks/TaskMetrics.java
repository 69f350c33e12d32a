package dev.millrace.tasks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The figures of tasks. Thread-safe. */
final class TaskMetrics {
  private final MeterRegistry meters;
  private final Map<String, Counter> submitted = new ConcurrentHashMap<>();
  private final Map<String, Timer> waits = new ConcurrentHashMap<>();
  private final Map<String, Ends> ends = new ConcurrentHashMap<>();

  /** The figures of a type's runs. */
  private static final class Ends {
    final Map<TaskState, Counter> byState = new EnumMap<>(TaskState.class);
    final Timer runs;

    Ends(MeterRegistry meters, String type) {
      for (TaskState state : TaskState.values()) {
        byState.put(
            state,
            Counter.builder("millrace.tasks.ended")
                .description("runs that ended, by the state of their task afterwards")
                .tag("type", type)
                .tag("state", state.word())
                .register(meters));
      }
      runs =
          Timer.builder("millrace.tasks.run")
              .description("from the start of a handler to its end")
              .tag("type", type)
              .register(meters);
    }
  }

  TaskMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void submitted(TaskRow row) {
    of(submitted, row.type(), this::submittedOf).increment();
  }

  private Counter submittedOf(String type) {
    return Counter.builder("millrace.tasks.submitted")
        .description("tasks submitted")
        .tag("type", type)
        .register(meters);
  }

  /** How long a ready task waited for its start. */
  void started(LiveRun run) {
    TaskRow row = run.row;
    long readyAt = Math.max(TaskId.millisOf(row.key()), row.runAt());
    of(waits, row.queue(), this::waitsOf)
        .record(Math.max(0, run.startedAt() - readyAt), TimeUnit.MILLISECONDS);
  }

  private Timer waitsOf(String queue) {
    return Timer.builder("millrace.tasks.wait")
        .description("from being ready to the start of the handler")
        .tag("queue", queue)
        .register(meters);
  }

  void ended(Outcome outcome, TaskState to) {
    LiveRun run = outcome.run();
    if (run != null && run.parksAt != null) {
      return; // It did not start.
    }
    Ends figures = of(ends, outcome.row().type(), type -> new Ends(meters, type));
    Counter counter = figures.byState.get(to);
    if (counter != null) {
      counter.increment();
    }
    if (outcome.startedAt() > 0) {
      figures.runs.record(
          Math.max(0, outcome.endedAt() - outcome.startedAt()), TimeUnit.MILLISECONDS);
    }
  }

  /** What memory holds back, and what trials came to. */
  void watch(MemoryGuard memory, Tuner tuner) {
    Gauge.builder("millrace.tasks.memory", memory, guard -> guard.lastAlive())
        .description("share of the heap that was alive when the guard last looked")
        .register(meters);
    FunctionCounter.builder("millrace.tasks.memory.put-back", memory, MemoryGuard::putBackCount)
        .description("runs that were put back because memory was at its end")
        .register(meters);
    FunctionCounter.builder("millrace.tasks.memory.refused", memory, MemoryGuard::refusedCount)
        .description("submissions that were refused because memory was at its end")
        .register(meters);
    for (boolean kept : new boolean[] {true, false}) {
      FunctionCounter.builder("millrace.tasks.trials", tuner, each -> each.count(kept))
          .description("trials of auto-tuning that are over")
          .tag("outcome", kept ? "kept" : "undone")
          .register(meters);
    }
  }

  /** A plain look first: it locks nothing. */
  private static <T> T of(Map<String, T> known, String name, Function<String, T> make) {
    T found = known.get(name);
    return found != null ? found : known.computeIfAbsent(name, make);
  }

  /** Depth and slots of a queue, read when somebody asks. */
  void watch(TaskQueue queue, Counts counts) {
    for (TaskState state : TaskState.values()) {
      if (!state.finished() && state != TaskState.RUNNING) {
        Gauge.builder("millrace.tasks.depth", counts, all -> (double) all.of(queue.name, state))
            .description("unfinished tasks; a running one counts as ready")
            .tag("queue", queue.name)
            .tag("state", state.word())
            .register(meters);
      }
    }
    Gauge.builder("millrace.tasks.busy", queue, TaskQueue::busy)
        .description("slots at work")
        .tag("queue", queue.name)
        .register(meters);
    Gauge.builder("millrace.tasks.limit", queue, TaskQueue::limit)
        .description("tasks that run at once, at most")
        .tag("queue", queue.name)
        .register(meters);
    Gauge.builder("millrace.tasks.window", queue, TaskQueue::windowSize)
        .description("ready tasks in memory")
        .tag("queue", queue.name)
        .register(meters);
  }
}
