package dev.millrace.tasks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The figures of tasks. Thread-safe. */
final class TaskMetrics {
  private final MeterRegistry meters;
  private final Map<String, Counter> submitted = new ConcurrentHashMap<>();
  private final Map<String, Map<TaskState, Counter>> ended = new ConcurrentHashMap<>();
  private final Map<String, Timer> runs = new ConcurrentHashMap<>();
  private final Map<String, Timer> waits = new ConcurrentHashMap<>();

  TaskMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void submitted(TaskRow row) {
    submitted
        .computeIfAbsent(
            row.type(),
            type ->
                Counter.builder("millrace.tasks.submitted")
                    .description("tasks submitted")
                    .tag("type", type)
                    .register(meters))
        .increment();
  }

  /** How long a ready task waited for its start. */
  void started(LiveRun run) {
    TaskRow row = run.row;
    long readyAt = Math.max(TaskId.millisOf(row.key()), row.runAt());
    waits
        .computeIfAbsent(
            row.queue(),
            queue ->
                Timer.builder("millrace.tasks.wait")
                    .description("from being ready to the start of the handler")
                    .tag("queue", queue)
                    .register(meters))
        .record(Math.max(0, run.startedAt() - readyAt), TimeUnit.MILLISECONDS);
  }

  void ended(Outcome outcome) {
    TaskRow row = outcome.row();
    TaskState to = outcome.to();
    ended
        .computeIfAbsent(row.type(), _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            to,
            state ->
                Counter.builder("millrace.tasks.ended")
                    .description("runs that ended, by the state of their task afterwards")
                    .tag("type", row.type())
                    .tag("state", state.word())
                    .register(meters))
        .increment();
    if (outcome.startedAt() > 0) {
      runs.computeIfAbsent(
              row.type(),
              type ->
                  Timer.builder("millrace.tasks.run")
                      .description("from the start of a handler to its end")
                      .tag("type", type)
                      .register(meters))
          .record(Math.max(0, outcome.endedAt() - outcome.startedAt()), TimeUnit.MILLISECONDS);
    }
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
    Gauge.builder("millrace.tasks.window", queue, TaskQueue::windowSize)
        .description("ready tasks in memory")
        .tag("queue", queue.name)
        .register(meters);
  }
}
