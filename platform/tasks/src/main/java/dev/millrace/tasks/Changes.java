package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import dev.millrace.tasks.Transition.Event;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes of single tasks on request: cancel, run now, drive again, discard. Thread-safe. */
final class Changes {
  private static final String FIND = "SELECT " + TaskRow.COLUMNS + " FROM tasks WHERE id = ?";
  private static final String CANCELLING = "UPDATE tasks SET cancelling = 1 WHERE id = ?";
  private static final String HURRY =
      "UPDATE tasks SET state = 'ready', rank = ?, run_at = NULL WHERE id = ?";

  private final Store store;
  private final InstantSource clock;
  private final Queues queues;
  private final RunningTasks running;
  private final Buckets buckets;
  private final Lookup lookup;
  private final TaskCommit.Effects effects;

  Changes(
      Store store,
      InstantSource clock,
      Queues queues,
      RunningTasks running,
      Buckets buckets,
      Lookup lookup,
      TaskCommit.Effects effects) {
    this.store = store;
    this.clock = clock;
    this.queues = queues;
    this.running = running;
    this.buckets = buckets;
    this.lookup = lookup;
    this.effects = effects;
  }

  /** What a cancellation found; overwritten when the transaction is run again. */
  private static final class Found {
    @Nullable LiveRun run;
  }

  TaskState cancel(TaskId id) {
    var found = new Found();
    store.write(tx -> cancel(tx, id, found));
    LiveRun run = found.run;
    if (run == null) {
      return TaskState.CANCELLED;
    }
    run.stop(LiveRun.Stop.CANCELLED);
    return TaskState.RUNNING;
  }

  /**
   * On the writer's thread no commit comes between, so a task is in the window, or running, or
   * neither in memory nor able to get there before this commit is through.
   */
  private void cancel(Tx tx, TaskId id, Found found) {
    long key = id.key();
    Optional<TaskRow> stored = tx.find(FIND, TaskRow::read, key);
    if (stored.isEmpty()) {
      throw refused(tx, id, "cancelled");
    }
    TaskRow row = stored.get();
    TaskRow _ = queues.take(tx, row);
    TaskCommit commit = TaskCommit.of(tx, effects);
    LiveRun run = running.find(key);
    if (run != null && !commit.hasGivenWay(run)) {
      found.run = run;
      tx.update(CANCELLING, key);
      return;
    }
    found.run = null;
    commit.end(tx, Outcome.ofWaiting(row, Event.CANCELLED, clock.millis(), null));
  }

  /** Gives up those of the tasks that have expired and were not started. */
  void expire(List<Long> keys, TxWork<RuntimeException> beside) {
    store.write(tx -> {
      keys.forEach(key -> expire(tx, key));
      beside.run(tx);
    });
  }

  private void expire(Tx tx, long key) {
    long now = clock.millis();
    TaskCommit commit = TaskCommit.of(tx, effects);
    TaskRow row = tx.find(FIND, TaskRow::read, key).orElse(null);
    if (row == null || !row.isExpired(now) || commit.over(key) != null) {
      return;
    }
    TaskRow _ = queues.take(tx, row);
    LiveRun run = running.find(key);
    if (run == null || commit.hasGivenWay(run)) {
      commit.end(tx, Expiry.outcome(row, null, now));
    }
  }

  /**
   * Takes a finished task out of history.
   *
   * @param purge does it
   */
  Position delete(TaskId id, Purge purge) {
    return store.write(tx -> {
      if (!purge.delete(tx, id.key())) {
        throw refused(tx, id, "deleted");
      }
    });
  }

  Position retry(TaskId id) {
    return store.write(tx -> retry(tx, id));
  }

  void retry(Tx tx, TaskId id) {
    long key = id.key();
    Optional<TaskRow> stored = tx.find(FIND, TaskRow::read, key);
    if (stored.isPresent()) {
      hurry(tx, stored.get());
      return;
    }
    for (Bucket bucket : buckets.of(key)) {
      Optional<String> state =
          tx.find(
              "SELECT state FROM " + bucket.table + " WHERE id = ?", row -> row.getString(1), key);
      if (state.isPresent()) {
        driveAgain(tx, id, bucket, TaskState.parse(state.get()));
        return;
      }
    }
    throw lookup.notFound(id);
  }

  private void hurry(Tx tx, TaskRow row) {
    if (running.contains(row.key()) || Transition.target(row.state(), Event.HURRIED).isEmpty()) {
      throw refused(tx, row.id(), "run now");
    }
    long rank = effects.ranks().ofArrival(row.queue(), row.priority(), clock.millis());
    tx.update(HURRY, rank, row.key());
    TaskCommit.of(tx, effects).ready(row.ready(rank), row.state());
  }

  private void driveAgain(Tx tx, TaskId id, Bucket bucket, TaskState from) {
    if (Transition.target(from, Event.DRIVEN_AGAIN).isEmpty()) {
      throw refused(tx, id, "driven again");
    }
    long key = id.key();
    requireUniqueKeyFree(tx, id, bucket);
    tx.update(bucket.restore, key);
    TaskRow restored = tx.find(FIND, TaskRow::read, key).orElseThrow();
    long rank = effects.ranks().ofArrival(restored.queue(), restored.priority(), clock.millis());
    tx.update(HURRY, rank, key);
    tx.find(bucket.findTrail, row -> Optional.ofNullable(row.getString(6)), key)
        .flatMap(trail -> trail)
        .ifPresent(trail -> unfold(tx, restored, trail));
    tx.update(bucket.delete, key);
    TaskCommit commit = TaskCommit.of(tx, effects);
    if (from == TaskState.DEAD) {
      commit.errors().left(tx, key, restored.type());
    }
    commit.drivenAgain(restored.ready(rank), from);
    if (restored.batch() != 0) {
      commit.batch(restored.batch()).count(from, -1);
    }
  }

  Position discard(TaskId id) {
    return store.write(tx -> discard(tx, id));
  }

  private void discard(Tx tx, TaskId id) {
    long key = id.key();
    for (Bucket bucket : buckets.of(key)) {
      Optional<TaskRow> done = tx.find(bucket.findRow, TaskRow::read, key);
      if (done.isPresent()) {
        discard(tx, bucket, done.get());
        return;
      }
    }
    throw refused(tx, id, "discarded");
  }

  private void discard(Tx tx, Bucket bucket, TaskRow row) {
    if (Transition.target(row.state(), Event.DISCARDED).isEmpty()) {
      throw refused(tx, row.id(), "discarded");
    }
    tx.update(bucket.cancel, row.key());
    TaskCommit commit = TaskCommit.of(tx, effects);
    commit.errors().left(tx, row.key(), row.type());
    commit.discarded(row);
    effects.discarded(tx, commit, row);
  }

  private void unfold(Tx tx, TaskRow row, String trail) {
    try {
      Trails.unfold(tx, effects.vault(), row, trail);
    } catch (SealedException closed) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "id",
          "task " + row.id() + " cannot be driven again: " + closed.getMessage(),
          "Configure the key, then drive it again.");
    }
  }

  private static void requireUniqueKeyFree(Tx tx, TaskId id, Bucket bucket) {
    Optional<Long> other = tx.find(bucket.findRival, row -> row.getLong(1), id.key());
    if (other.isPresent()) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "id",
          "the unfinished task " + new TaskId(other.get()) + " has the unique key of task " + id,
          "Cancel that one first, or wait for its end.");
    }
  }

  private TaskException refused(Tx tx, TaskId id, String wanted) {
    return lookup
        .find(tx, id.key())
        .map(task -> lookup.refused(task, wanted, lookup.trail(tx, id.key()).orElse(null)))
        .orElseGet(() -> lookup.notFound(id));
  }
}
