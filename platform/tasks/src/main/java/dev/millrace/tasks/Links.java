package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import dev.millrace.tasks.Transition.Event;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks wait for the end of which. A task with links is ready when all it waits for have come
 * to the end it waits for, mostly success: see {@link AfterOutcome}. Changed on the writer's
 * thread.
 */
final class Links {
  private static final String LOAD = "SELECT DISTINCT before FROM task_links";
  private static final String ADD =
      "INSERT INTO task_links (before, after, outcome) VALUES (?, ?, ?)";
  private static final String AFTER = "SELECT after FROM task_links WHERE before = ?";
  private static final String FOLLOWERS = "SELECT after, outcome FROM task_links WHERE before = ?";
  private static final String PART = "DELETE FROM task_links WHERE before = ? AND after = ?";

  /** A task that waits for one anyway, and is next behind it in a chain. */
  private static final String CHAIN_TOO =
      "UPDATE task_links SET outcome = 'chain ' || coalesce(outcome, '')"
          + " WHERE before = ? AND after = ?";

  private static final String RELINK =
      "UPDATE task_links SET before = ? WHERE before = ? AND after = ?";
  private static final String CHAINED =
      "SELECT before FROM task_links WHERE after = ? AND outcome LIKE 'chain%'";
  private static final String COUNT = "SELECT count(*) FROM task_links WHERE before = ?";
  private static final String LEAVE = "DELETE FROM task_links WHERE after = ?";
  private static final String EXISTS = "SELECT count(*) FROM tasks WHERE id = ?";
  private static final String COUNT_DOWN =
      "UPDATE tasks SET open = open - 1 WHERE id = ? AND state = 'waiting' AND open > 0"
          + " RETURNING open";

  private final Buckets buckets;

  /** The tasks that others wait for, so that all the rest need no look into the database. */
  private final Set<Long> awaited = ConcurrentHashMap.newKeySet();

  Links(Buckets buckets) {
    this.buckets = buckets;
  }

  void load(Snapshot view) {
    awaited.clear();
    awaited.addAll(view.query(LOAD, row -> row.getLong(1)));
  }

  /**
   * Lets {@code after} wait for the tasks that have not come to that end yet.
   *
   * @return how many these are
   * @throws TaskException if one is unknown, or has come to another end
   */
  int add(Tx tx, TaskCommit commit, long after, List<TaskId> before, AfterOutcome outcome) {
    int open = 0;
    for (TaskId id : before) {
      if (isAwaited(tx, commit, id, outcome)) {
        tx.update(ADD, id.key(), after, outcome.stored());
        commit.awaited.add(id.key());
        open++;
      }
    }
    if (open > 0) {
      tx.afterCommit(() -> before.forEach(id -> awaited.add(id.key())));
    }
    return open;
  }

  /**
   * Lets {@code after} wait until the one before it in its chain is over for good, unless that is
   * or is nowhere any more.
   *
   * @return 1 if it waits, else 0
   */
  int chain(Tx tx, TaskCommit commit, long after, long before) {
    if (!isChained(tx, commit, before) || tx.update(CHAIN_TOO, before, after) > 0) {
      return 0;
    }
    tx.update(ADD, before, after, Follower.CHAIN);
    await(tx, commit, before);
    return 1;
  }

  private boolean isChained(Tx tx, TaskCommit commit, long key) {
    TaskState over = commit.over(key);
    if (over != null) {
      return over == TaskState.DEAD;
    }
    return commit.isSubmitted(key)
        || tx.number(EXISTS, key) > 0
        || findInHistory(tx, new TaskId(key)).filter(end -> end == TaskState.DEAD).isPresent();
  }

  private void await(Tx tx, TaskCommit commit, long key) {
    commit.awaited.add(key);
    tx.afterCommit(() -> awaited.add(key));
  }

  /** The task in a chain that this one waits for; 0 for none. */
  long chainedBehind(Tx tx, long key) {
    return tx.find(CHAINED, row -> row.getLong(1), key).orElse(0L);
  }

  private boolean isAwaited(Tx tx, TaskCommit commit, TaskId id, AfterOutcome outcome) {
    TaskState over = commit.over(id.key());
    if (over == null && (commit.isSubmitted(id.key()) || tx.number(EXISTS, id.key()) > 0)) {
      return true;
    }
    TaskState state = over == null ? inHistory(tx, id) : over;
    if (outcome.isMet(state)) {
      return false;
    }
    if (outcome.mayBeMet(state)) {
      return true;
    }
    throw Limits.option(
        "after",
        id,
        state == TaskState.CANCELLED
            ? "That task was cancelled; drive it again first, or leave it out."
            : "That task has " + state.word() + ", so this one would never start; leave it out.");
  }

  private TaskState inHistory(Tx tx, TaskId id) {
    return findInHistory(tx, id)
        .orElseThrow(() ->
            Limits.option(
                "after", id, "There is no such task; use ids that submissions answered."));
  }

  private Optional<TaskState> findInHistory(Tx tx, TaskId id) {
    for (Bucket bucket : buckets.of(id.key())) {
      Optional<TaskState> state =
          tx.find(
              "SELECT state FROM " + bucket.table + " WHERE id = ?",
              row -> TaskState.parse(row.getString(1)),
              id.key());
      if (state.isPresent()) {
        return state;
      }
    }
    return Optional.empty();
  }

  /** Takes note that a task is over. */
  void ended(Tx tx, TaskCommit commit, long key, TaskState state) {
    if (!awaited.contains(key) && !commit.awaited.contains(key)) {
      return;
    }
    commit.insert(tx); // Who waits may have been submitted in this very commit.
    long left;
    do {
      followers(tx, key).forEach(follower -> tell(tx, commit, follower, key, state));
      left = tx.number(COUNT, key);
      // One that was cancelled for it may have put who follows that one in a chain in its place.
    } while (left > 0 && state != TaskState.DEAD);
    if (left == 0) {
      tx.afterCommit(() -> awaited.remove(key));
    }
  }

  private void tell(Tx tx, TaskCommit commit, Follower follower, long key, TaskState state) {
    if (follower.isChained()
        && state == TaskState.CANCELLED
        && closesUp(tx, commit, follower, key)) {
      return;
    }
    if (follower.isMet(state)) {
      countDown(tx, commit, follower.key);
    } else if (!follower.mayBeMet(state)) {
      String end = state == TaskState.CANCELLED ? "was cancelled" : "has succeeded";
      cancel(tx, commit, follower.key, key, end);
    } else {
      return; // It may still succeed, driven again.
    }
    tx.update(PART, key, follower.key);
  }

  /**
   * Lets who follows in a chain wait for the one that the cancelled task has waited for, if any.
   */
  private boolean closesUp(Tx tx, TaskCommit commit, Follower follower, long cancelled) {
    long ahead = chainedBehind(tx, cancelled);
    if (ahead == 0 || tx.update(CHAIN_TOO, ahead, follower.key) > 0) {
      return false;
    }
    tx.update(RELINK, ahead, cancelled, follower.key);
    await(tx, commit, ahead);
    return true;
  }

  /** The task waits no more for others, since it was cancelled; driven again it needs none. */
  void left(Tx tx, long key) {
    tx.update(LEAVE, key);
  }

  /** The task leaves history: who waits for it waits in vain. */
  void forgotten(Tx tx, TaskCommit commit, long key) {
    if (awaited.contains(key) || commit.awaited.contains(key)) {
      commit.insert(tx); // Who waits may have been submitted in this very commit.
      do {
        for (Follower follower : followers(tx, key)) {
          if (follower.isChained()) {
            countDown(tx, commit, follower.key);
          } else {
            cancel(tx, commit, follower.key, key, "has left history without success");
          }
          tx.update(PART, key, follower.key);
        }
      } while (tx.number(COUNT, key) > 0); // See ended.
      tx.afterCommit(() -> awaited.remove(key));
    }
  }

  private static void countDown(Tx tx, TaskCommit commit, long after) {
    // None is left of one that was cancelled meanwhile.
    if (tx.find(COUNT_DOWN, row -> row.getLong(1), after).orElse(-1L) == 0) {
      commit.release(tx, after, Hold.FOR_TASKS);
    }
  }

  private static void cancel(Tx tx, TaskCommit commit, long after, long key, String why) {
    String error = "task " + new TaskId(key) + ", which this one waits for, " + why;
    commit.endWaiting(tx, after, Event.CANCELLED, error);
  }

  private static final String BEFORE = "SELECT before FROM task_links WHERE after = ? LIMIT 100";

  /** What a task is linked with. */
  TaskLinks of(Snapshot view, long key) {
    List<TaskId> before = view.query(BEFORE, row -> new TaskId(row.getLong(1)), key);
    List<TaskId> after =
        awaited.contains(key)
            ? view.query(AFTER + " LIMIT 100", row -> new TaskId(row.getLong(1)), key)
            : List.of();
    return new TaskLinks(before, after);
  }

  /**
   * A task that waits for another one.
   *
   * @param outcome the end that it waits for; null if it only follows in a chain, for which success
   *     is as good as what is cancelled
   */
  private record Follower(long key, @Nullable AfterOutcome outcome) {
    /** Stands for an outcome, or in front of one. */
    static final String CHAIN = "chain";

    static Follower of(long key, @Nullable String stored) {
      if (stored == null || !stored.startsWith(CHAIN)) {
        return new Follower(key, AfterOutcome.of(stored));
      }
      if (stored.equals(CHAIN)) {
        return new Follower(key, null);
      }
      String own = stored.substring(CHAIN.length()).strip();
      return new Follower(key, AfterOutcome.of(own.isEmpty() ? null : own));
    }

    boolean isChained() {
      return outcome == null;
    }

    boolean isMet(TaskState end) {
      return outcome == null ? end != TaskState.DEAD : outcome.isMet(end);
    }

    boolean mayBeMet(TaskState end) {
      return outcome == null ? end == TaskState.DEAD : outcome.mayBeMet(end);
    }
  }

  private static List<Follower> followers(Tx tx, long key) {
    return tx.query(FOLLOWERS, row -> Follower.of(row.getLong(1), row.getString(2)), key);
  }
}
