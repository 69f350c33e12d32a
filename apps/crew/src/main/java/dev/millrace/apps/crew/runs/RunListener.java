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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what happens in runs of plans, keeps how their checks were decided, and has the end of each
 * written down: all in the commit that makes it true. Thread-safe.
 */
final class RunListener implements WorkflowListener {
  private final Journal journal;
  private final Tasks tasks;
  private final TaskType<RunEnd, RunRecorder.Recorded> recording;
  private final Checks checks;
  private final InstantSource clock;

  RunListener(
      Journal journal,
      Tasks tasks,
      TaskType<RunEnd, RunRecorder.Recorded> recording,
      Checks checks,
      InstantSource clock) {
    this.journal = journal;
    this.tasks = tasks;
    this.recording = recording;
    this.checks = checks;
    this.clock = clock;
    journal.declare(RunEvent.types().toArray(EventType<?>[]::new));
  }

  @Override
  public TxWork<RuntimeException> changing(WorkflowChange change) {
    if (!change.name().startsWith(Runs.PREFIX) || !change.after().input().has("plan")) {
      return NOTHING;
    }
    Instant now = clock.instant();
    RunSteps steps = RunSteps.of(change);
    List<EncodedEvent> events = steps.events().stream().map(journal::encode).toList();
    TxWork<RuntimeException> decided =
        steps.decided().isEmpty() ? NOTHING : checks.adding(steps.decided(), now);
    // A run that another workflow or a fork has begun was not started here.
    TxWork<RuntimeException> known =
        change.before().begun() == 0
            ? RunRequests.adding(change.run(), change.after().input())
            : NOTHING;
    Status status = change.status();
    List<RunLog.Draft> lines = new ArrayList<>();
    if (change.before().begun() == 0) {
      lines.add(new RunLog.Draft("workflow.started", null, null, change.name()));
    }
    steps.events().forEach(event -> lines.add(RunLog.Draft.of(event)));
    boolean over =
        status == Status.SUCCEEDED || status == Status.FAILED || status == Status.CANCELLED;
    if (over) {
      String failure = steps.told(change.after().failure());
      String detail = status.word() + (failure == null ? "" : ": " + failure);
      lines.add(new RunLog.Draft("workflow.ended", null, null, detail));
    }
    TxWork<RuntimeException> logged =
        lines.isEmpty() ? NOTHING : RunLog.adding(change.run(), lines, now);
    RunEnd end =
        new RunEnd(
            change.run().toString(), status.word(), steps.told(change.after().failure()), now);
    return (Tx tx) -> {
      known.run(tx);
      events.forEach(event -> journal.emit(tx, event));
      logged.run(tx);
      decided.run(tx);
      if (over) {
        tasks.submit(tx, recording, end, SubmitOptions.defaults().withTags("crew"));
      }
    };
  }
}
