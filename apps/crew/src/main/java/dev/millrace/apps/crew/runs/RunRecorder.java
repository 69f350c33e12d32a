package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.decisions.DecisionId;
import dev.millrace.apps.crew.decisions.Decisions;
import dev.millrace.apps.crew.decisions.Impact;
import dev.millrace.apps.crew.decisions.Recorder;
import dev.millrace.apps.crew.executions.Executions;
import dev.millrace.apps.crew.executions.NewExecution;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.TxCall;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskType;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a decision and an execution about each run that is over, exactly once: they commit with
 * the success of the task that writes them. A run that is over once more, after a roll-back, is
 * noted as an impact of its decision, and its execution is replaced. Thread-safe.
 */
public final class RunRecorder {
  private static final String FIND =
      "SELECT decision, execution, ended_ms FROM crew_runs WHERE run = ?";
  private static final String ADD =
      "INSERT INTO crew_runs (run, decision, execution, ended_ms) VALUES (?, ?, ?, ?)";
  private static final String CHANGE = "UPDATE crew_runs SET ended_ms = ? WHERE run = ?";

  /** What was written about a run. */
  record Recorded(String decision, long execution) {}

  private record Row(String decision, long execution, long endedMillis) {}

  private final Store store;
  private final Recorder recorder;
  private final Decisions decisions;
  private final Executions executions;

  public RunRecorder(Store store, Recorder recorder, Decisions decisions, Executions executions) {
    this.store = store;
    this.recorder = recorder;
    this.decisions = decisions;
    this.executions = executions;
  }

  /**
   * The type of the task.
   *
   * @param runs finds a run by its id
   * @param tidy forgets some runs whose history is over
   */
  TaskType<RunEnd, Recorded> type(Function<String, Optional<RunReader>> runs, Runnable tidy) {
    return TaskType.io(
            "crew.record",
            RunEnd.class,
            Recorded.class,
            (run, end) -> {
              tidy.run();
              return runs.apply(end.run()).map(found -> record(run, found, end)).orElse(null);
            })
        .withQueue("crew");
  }

  private @Nullable Recorded record(Run run, RunReader found, RunEnd end) {
    RunStory story = new RunStory(found, end);
    TxCall<dev.millrace.apps.crew.decisions.Recorded, RuntimeException> decision =
        recorder.prepare(story.decision());
    NewExecution made = story.execution();
    Executions.Prepared execution = executions.prepare(made);
    long key = found.id().key();
    run.finish(tx -> {
      Row before = find(tx, key).orElse(null);
      if (before == null) {
        String id = decision.run(tx).id();
        tx.update(ADD, key, id, execution.insert(tx), end.at().toEpochMilli());
      } else if (before.endedMillis() < end.at().toEpochMilli()) {
        Impact impact = story.impact();
        decisions.addImpact(tx, DecisionId.parse(before.decision()), impact);
        execution.replace(tx, before.execution());
        tx.update(CHANGE, end.at().toEpochMilli(), key);
      }
    });
    return null;
  }

  /** What was written about a run; nothing before its end. */
  Optional<Recorded> find(long run) {
    return store
        .read((Snapshot view) -> find(view, run))
        .map(row -> new Recorded(row.decision(), row.execution()));
  }

  private static Optional<Row> find(Snapshot view, long run) {
    return view.find(FIND, row -> new Row(row.getString(1), row.getLong(2), row.getLong(3)), run);
  }

  private static Optional<Row> find(Tx tx, long run) {
    return find((Snapshot) tx, run);
  }
}
