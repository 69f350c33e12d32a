package dev.millrace.server.workflows;

import dev.millrace.http.EventStream;
import dev.millrace.server.workflows.WorkflowWire.RunDetail;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskWatch;
import dev.millrace.tasks.Tasks;
import java.time.Duration;

/** A run as it goes, for a page that shows it. Thread-safe. */
final class RunStream {
  /** How often the counts of its tasks are looked at; its own news come at once. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Tasks tasks;
  private final RunView runs;

  RunStream(Tasks tasks, RunView runs) {
    this.tasks = tasks;
    this.runs = runs;
  }

  void follow(TaskId id, EventStream stream) throws Exception {
    try (TaskWatch watch = tasks.watch(id)) {
      RunDetail sent = null;
      while (stream.isOpen()) {
        RunDetail now = runs.find(id).orElse(null);
        if (now == null) {
          return;
        }
        if (now.says(sent)) {
          stream.send(null, "run", now);
          sent = now;
        }
        var _ = watch.take(LOOK);
      }
    }
  }
}
