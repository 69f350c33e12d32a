package dev.millrace.tasks;

import dev.millrace.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are over with a commit, on their way into history: those that went straight
 * through from memory and many in a statement, any other from its row. What was cancelled while it
 * waited leaves at once, what ran with all others at the end. Used on the writer's thread.
 */
final class Departures {
  private static final String DELETE_ONE = "DELETE FROM tasks WHERE id = ?";
  private static final RowShape DELETE =
      new RowShape(1, "DELETE FROM tasks WHERE id IN (", "?", ")");

  private final TaskCommit.Effects effects;
  private final Map<Bucket, List<@Nullable Object>> plain = new LinkedHashMap<>();
  private final Map<Bucket, List<@Nullable Object>> straight = new LinkedHashMap<>();
  private final List<@Nullable Object> gone = new ArrayList<>();

  Departures(TaskCommit.Effects effects) {
    this.effects = effects;
  }

  void add(Tx tx, Outcome outcome, TaskState to) {
    TaskRow row = outcome.row();
    Bucket bucket = effects.buckets().at(tx, outcome.endedAt());
    if (outcome.isStraight()) {
      gone.add(row.key());
      addFromMemory(bucket, outcome);
      return;
    }
    Progress progress = outcome.progress();
    tx.update(
        bucket.move,
        to.word(),
        outcome.attempt(),
        outcome.startedAt() == 0 ? null : outcome.startedAt(),
        outcome.endedAt(),
        progress == null ? null : progress.done(),
        progress == null ? null : progress.total(),
        outcome.sealedMessage(effects.vault()),
        outcome.sealedError(effects.vault()),
        outcome.output(),
        Trails.fold(tx, effects.vault(), outcome, to),
        row.key());
    if (outcome.run() == null && to == TaskState.CANCELLED) {
      // Whatever comes next in this commit must not find it waiting, and make it ready.
      tx.update(DELETE_ONE, row.key());
    } else {
      gone.add(row.key());
    }
  }

  private void addFromMemory(Bucket bucket, Outcome outcome) {
    TaskRow row = outcome.row();
    boolean isPlain = outcome.isPlain();
    List<@Nullable Object> values =
        (isPlain ? plain : straight).computeIfAbsent(bucket, _ -> new ArrayList<>());
    values.add(row.key());
    values.add(row.type());
    values.add(row.queue());
    values.add(row.priority());
    values.add(outcome.startedAt());
    values.add(outcome.endedAt());
    // Memory may hold what an older key has sealed.
    values.add(effects.vault().renewedOrKept(row.key(), Vault.INPUT, row.input()));
    values.add(outcome.output());
    if (!isPlain) {
      values.add(row.runAt() == 0 ? null : row.runAt());
      values.add(row.uniqueKey());
      values.add(row.tags());
      values.add(row.tenant());
      values.add(row.subject());
      values.add(row.traceparent());
      values.add(row.batch() == 0 ? null : row.batch());
    }
  }

  /** Writes what was collected, and takes the rows out of the unfinished ones. */
  void write(Tx tx) {
    for (Map.Entry<Bucket, List<@Nullable Object>> moves : plain.entrySet()) {
      moves.getKey().plain.run(tx, moves.getValue());
    }
    for (Map.Entry<Bucket, List<@Nullable Object>> moves : straight.entrySet()) {
      moves.getKey().straight.run(tx, moves.getValue());
    }
    int deleted = DELETE.run(tx, gone);
    if (deleted != gone.size()) {
      throw new IllegalStateException(
          deleted
              + " of "
              + gone.size()
              + " finished tasks were there to be moved to history;"
              + " this is a bug");
    }
  }
}
