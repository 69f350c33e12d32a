package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are kept to run after another one of the same unique key, which they have from its end
 * on. There is one behind a task at most. Changed on the writer's thread.
 */
final class Followers {
  private static final String LOAD = "SELECT leader FROM task_followers";
  private static final String FIND =
      "SELECT follower, unique_key, due FROM task_followers WHERE leader = ?";
  private static final String PUT =
      "INSERT INTO task_followers (leader, follower, unique_key, due) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (leader) DO UPDATE SET follower = excluded.follower, due = excluded.due";
  private static final String DROP = "DELETE FROM task_followers WHERE leader = ?";
  private static final String WAITING =
      "SELECT "
          + TaskRow.COLUMNS
          + " FROM tasks WHERE id = ? AND state = 'waiting' AND waits_for = ?";
  private static final String GO_ON =
      "UPDATE tasks SET state = ?, rank = ?, run_at = ?, waits_for = NULL, unique_key = ?"
          + " WHERE id = ?";

  private final TaskCommit.Effects effects;

  /** Tasks that may have one, so that all the rest need no look into the database. */
  private final Set<Long> leaders = ConcurrentHashMap.newKeySet();

  Followers(TaskCommit.Effects effects) {
    this.effects = effects;
  }

  /**
   * @param due when it is due, in Unix ms; 0 for at once
   */
  private record Entry(long follower, String uniqueKey, long due) {}

  /**
   * A task that waits behind another.
   *
   * @param row as the database has it
   * @param due when it is due when that one is over, in Unix ms; 0 for at once
   */
  record Follower(TaskRow row, long due) {}

  void load(Snapshot view) {
    leaders.clear();
    leaders.addAll(view.query(LOAD, row -> row.getLong(1)));
  }

  /** The one that waits behind a task; null if none does, or does any more. */
  @Nullable Follower of(Tx tx, TaskCommit commit, long leader) {
    if (!leaders.contains(leader)) {
      return null;
    }
    commit.insert(tx); // It may have been submitted in this very commit.
    Entry entry = find(tx, leader).orElse(null);
    if (entry == null) {
      return null;
    }
    return tx.find(WAITING, TaskRow::read, entry.follower, Hold.forEnd(leader))
        .map(row -> new Follower(row, entry.due))
        .orElse(null);
  }

  private static Optional<Entry> find(Tx tx, long leader) {
    return tx.find(
        FIND, row -> new Entry(row.getLong(1), row.getString(2), row.getLong(3)), leader);
  }

  /** Has a task wait behind another, or changes when it is due. */
  void put(Tx tx, long leader, long follower, String uniqueKey, long due) {
    leaders.add(leader);
    tx.update(PUT, leader, follower, uniqueKey, due);
  }

  /** Takes note that a task is over: who waits behind it goes on. */
  void ended(TaskCommit commit, TaskRow row) {
    if (row.uniqueKey() != null && leaders.contains(row.key())) {
      commit.whenLeft(tx -> goOn(tx, commit, row.key()));
    }
  }

  private void goOn(Tx tx, TaskCommit commit, long leader) {
    Follower follower = of(tx, commit, leader);
    String unique = find(tx, leader).map(Entry::uniqueKey).orElse(null);
    tx.update(DROP, leader);
    tx.afterCommit(() -> leaders.remove(leader));
    if (follower == null || unique == null || commit.over(follower.row().key()) != null) {
      return;
    }
    TaskRow row = follower.row();
    boolean later = follower.due() > effects.now();
    TaskState to = later ? TaskState.SCHEDULED : TaskState.READY;
    long runAt = later ? follower.due() : 0;
    long rank = later ? effects.ranks().of(row.queue(), row.priority(), runAt) : row.rank();
    tx.update(GO_ON, to.word(), rank, later ? runAt : null, unique, row.key());
    TaskRow after = row.moved(to, row.queue(), row.priority(), rank, runAt).withUniqueKey(unique);
    if (later) {
      commit.move(row, after);
    } else {
      commit.ready(after, TaskState.WAITING);
    }
  }
}
