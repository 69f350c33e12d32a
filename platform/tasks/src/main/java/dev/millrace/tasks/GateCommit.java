package dev.millrace.tasks;

import dev.millrace.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one commit does at gates: who comes to wait, which room becomes free, and who it is handed
 * on to. Used on the writer's thread; memory learns of it after the commit.
 */
final class GateCommit {
  static final String FOR_LIMIT = "limit ";

  /** Rows looked at in one commit; what is left has a commit of its own. */
  private static final int MOST = 250;

  private static final String WAITING =
      "SELECT "
          + TaskRow.COLUMNS
          + " FROM tasks WHERE waits_for = ? AND waits_for >= 'limit ' AND waits_for < 'limit!'"
          + " ORDER BY rank, id LIMIT ?";
  private static final String PARK =
      "UPDATE tasks SET state = 'waiting', waits_for = ?, run_at = NULL WHERE id = ?"
          + " AND state = 'ready'";
  private static final String MOVE = "UPDATE tasks SET waits_for = ? WHERE id = ?";
  private static final String RELEASE =
      "UPDATE tasks SET state = 'ready', waits_for = NULL WHERE id = ?";
  private static final String SPENT = "SELECT spent_until FROM task_rates WHERE gate = ?";
  private static final String SPEND =
      "INSERT INTO task_rates (gate, spent_until) VALUES (?, ?)"
          + " ON CONFLICT (gate) DO UPDATE SET spent_until = CASE WHEN spent_until >"
          + " excluded.spent_until THEN spent_until ELSE excluded.spent_until END";

  private final Gates gates;
  private final Predicate<TaskRow> isPaused;

  private final Map<String, Change> changes = new HashMap<>();
  private final Set<String> rated = new LinkedHashSet<>();
  private final Set<String> open = new LinkedHashSet<>();
  private int looks = MOST;

  /** What the first costs of those for whom there was no room, by gate. */
  final Map<String, Integer> needs = new HashMap<>();

  /** What the commit has done to a gate. */
  static final class Change {
    /** How many that count for it have ended. */
    int ended;

    /** What those of them cost that had not started, so that their tokens are left. */
    int unstartedUnits;

    /** How many are to count for it. */
    int promised;

    /** What these cost. */
    int promisedUnits;
  }

  /**
   * A task that may start.
   *
   * @param gates what it has passed
   */
  record Handed(TaskRow row, List<String> gates) {}

  final List<Handed> handed = new ArrayList<>();
  final Map<String, Boolean> waiting = new LinkedHashMap<>();
  final Map<String, Long> leases = new LinkedHashMap<>();

  /**
   * @param isPaused whether a task's queue is paused, or its tenant there
   */
  GateCommit(Gates gates, Predicate<TaskRow> isPaused) {
    this.gates = gates;
    this.isPaused = isPaused;
  }

  /** The gate at which a task that is about to be submitted joins those who wait; null for none. */
  @Nullable String joins(TaskRow row) {
    for (String id : gates.rules().gatesOf(row)) {
      if (isWaiting(id) && !fits(id, row)) {
        return id;
      }
    }
    return null;
  }

  private boolean isWaiting(String id) {
    Boolean here = waiting.get(id);
    return here == null ? gates.isWaiting(id) : here;
  }

  private int room(String id) {
    return gates.room(id, change(id));
  }

  private Change change(String id) {
    return changes.computeIfAbsent(id, _ -> new Change());
  }

  private boolean fits(String id, TaskRow row) {
    return gates.fits(id, row.cost(), change(id));
  }

  /** A task comes to wait, which the caller has written or writes. */
  void waits(String id) {
    waiting.put(id, true);
    look(id);
  }

  /** A task comes to wait that was ready. */
  void park(Tx tx, long key, String id) {
    TaskCommit.requireReady(tx.update(PARK, FOR_LIMIT + id, key), new TaskId(key));
    waits(id);
  }

  /** A task is not ready any more: what it has passed is free. */
  void left(TaskRow row, @Nullable LiveRun run) {
    List<String> ids = run == null ? gates.grantedTo(row.key()) : gates.passedBy(run);
    for (String id : ids) {
      Change change = change(id);
      change.ended++;
      if (run == null || run.parksAt != null) {
        change.unstartedUnits += row.cost();
      }
      look(id);
    }
  }

  /** Has those who wait at a gate looked at when everything else is written. */
  void look(String id) {
    open.add(id);
  }

  /**
   * Hands room on to those who wait for it, in the order of their ranks, as far as there is time;
   * for the rest {@link Gates} asks for another commit.
   *
   * @param commit learns who is ready
   */
  void handOn(Tx tx, TaskCommit commit) {
    for (String id : List.copyOf(open)) {
      if (isWaiting(id)) {
        handOn(tx, commit, id);
      }
    }
    open.clear();
    rated.forEach(id -> lease(tx, id));
    rated.clear();
  }

  private void handOn(Tx tx, TaskCommit commit, String id) {
    find(tx, id);
    int room = room(id);
    while (room > 0 && looks > 0) {
      int most = Math.min(room, looks);
      List<TaskRow> first = tx.query(WAITING, TaskRow::read, FOR_LIMIT + id, most);
      looks -= first.size();
      for (TaskRow row : first) {
        if (!isPaused.test(row) && !fits(id, row)) {
          needs.put(id, row.cost());
          waiting.put(id, true);
          return;
        }
        release(tx, commit, id, row);
      }
      if (first.size() < most) {
        waiting.put(id, false);
        return;
      }
      room = room(id);
    }
    waiting.put(id, true);
  }

  /** Has memory know how far a rate was spent before. */
  private void find(Tx tx, String id) {
    if (gates.isUnknown(id)) {
      gates.known(id, spent(tx, id));
    }
  }

  /** Spends the rate ahead in the database, for those who were let go and some time more. */
  private void lease(Tx tx, String id) {
    long until = gates.lease(id, change(id).promisedUnits);
    if (until > 0) {
      spend(tx, id, until);
      leases.put(id, until);
    }
  }

  /** Up to when the rate of a gate is spent, in Unix µs; 0 if nobody knows of it. */
  static long spent(Tx tx, String id) {
    return tx.find(SPENT, row -> row.getLong(1), id).orElse(0L);
  }

  static void spend(Tx tx, String id, long until) {
    tx.update(SPEND, id, until);
  }

  private void release(Tx tx, TaskCommit commit, String id, TaskRow row) {
    List<String> ids = gates.rules().gatesOf(row);
    if (gates.rules().isOfParts(id)) {
      ids = Stream.concat(ids.stream(), Stream.of(id)).toList();
    }
    if (isPaused.test(row)) {
      // It would hold up tasks of other queues; it finds out when its own goes on.
      ids = List.of();
    }
    for (String other : ids) {
      find(tx, other);
      if (!other.equals(id) && !fits(other, row)) {
        tx.update(MOVE, FOR_LIMIT + other, row.key());
        waiting.put(other, true);
        return;
      }
    }
    tx.update(RELEASE, row.key());
    TaskRow ready = row.ready(row.rank());
    if (!ids.isEmpty()) {
      handed.add(new Handed(ready, ids));
      for (String other : ids) {
        Change change = change(other);
        change.promised++;
        change.promisedUnits += row.cost();
        rated.add(other);
      }
    }
    commit.ready(ready, TaskState.WAITING);
  }
}
