package dev.millrace.apps.crew.runs;

import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import dev.millrace.store.journal.EncodedEvent;
import dev.millrace.store.journal.EventType;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.WorkflowChange;
import dev.millrace.tasks.WorkflowListener;
import dev.millrace.tasks.workflow.Status;
import java.time.InstantSource;
import java.util.List;

/**
 * Tells what happens in runs of plans, and has the end of each written down: both in the commit
 * that makes it true. Thread-safe.
 */
final class RunListener implements WorkflowListener {
  private final Journal journal;
  private final Tasks tasks;
  private final TaskType<RunEnd, RunRecorder.Recorded> recording;
  private final InstantSource clock;

  RunListener(
      Journal journal,
      Tasks tasks,
      TaskType<RunEnd, RunRecorder.Recorded> recording,
      InstantSource clock) {
    this.journal = journal;
    this.tasks = tasks;
    this.recording = recording;
    this.clock = clock;
    journal.declare(RunEvent.types().toArray(EventType<?>[]::new));
  }

  @Override
  public TxWork<RuntimeException> changing(WorkflowChange change) {
    if (!change.name().startsWith(Runs.PREFIX) || !change.after().input().has("plan")) {
      return NOTHING;
    }
    List<EncodedEvent> events = RunSteps.of(change).stream().map(journal::encode).toList();
    Status status = change.status();
    boolean over =
        status == Status.SUCCEEDED || status == Status.FAILED || status == Status.CANCELLED;
    RunEnd end =
        new RunEnd(
            change.run().toString(), status.word(), change.after().failure(), clock.instant());
    return (Tx tx) -> {
      events.forEach(event -> journal.emit(tx, event));
      if (over) {
        tasks.submit(tx, recording, end, SubmitOptions.defaults().withTags("crew"));
      }
    };
  }
}
