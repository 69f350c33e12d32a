package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.Transition.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts single tasks that wait at another place. Thread-safe. */
final class Moves {
  private static final String FIND = "SELECT " + TaskRow.COLUMNS + " FROM tasks WHERE id = ?";
  private static final String MOVE =
      "UPDATE tasks SET state = ?, queue = ?, priority = ?, rank = ?, run_at = ? WHERE id = ?";

  private final Store store;
  private final InstantSource clock;
  private final Queues queues;
  private final RunningTasks running;
  private final Lookup lookup;
  private final TaskCommit.Effects effects;

  Moves(
      Store store,
      InstantSource clock,
      Queues queues,
      RunningTasks running,
      Lookup lookup,
      TaskCommit.Effects effects) {
    this.store = store;
    this.clock = clock;
    this.queues = queues;
    this.running = running;
    this.lookup = lookup;
    this.effects = effects;
  }

  /** What the transaction took from the window; overwritten when it is run again. */
  private static final class Taken {
    @Nullable TaskRow row;
  }

  Position move(TaskId id, TaskMove wanted) {
    check(wanted);
    var taken = new Taken();
    boolean done = false;
    try {
      Position position = store.write(tx -> move(tx, id, wanted, taken));
      done = true;
      return position;
    } finally {
      TaskRow row = taken.row;
      if (!done && row != null) {
        queues.of(row.queue()).committed(List.of(), List.of(row));
      }
    }
  }

  private void check(TaskMove wanted) {
    if (wanted.isEmpty()) {
      throw TaskException.of(
          TaskException.Reason.INVALID_OPTION,
          null,
          "nothing is to be changed",
          "Give priority, queue or runAt.");
    }
    String queue = wanted.queue();
    if (queue != null && !queues.hasRoomFor(queue)) {
      throw Limits.option("queue", queue, "There are as many queues as there can be; use one.");
    }
  }

  /**
   * As with a cancellation, a task is in the window, or running, or neither until this is through.
   */
  private void move(Tx tx, TaskId id, TaskMove wanted, Taken taken) {
    long key = id.key();
    Optional<TaskRow> stored = tx.find(FIND, TaskRow::read, key);
    TaskCommit commit = TaskCommit.of(tx, effects);
    if (stored.isEmpty() || running.contains(key) || stored.get().cancelling()) {
      throw refused(tx, id);
    }
    TaskRow row = stored.get();
    if (commit.touches(key)) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "id",
          "task " + id + " has just become " + row.state().word(),
          "Try again.");
    }
    TaskRow after = moved(row, wanted);
    if (after.equals(row)) {
      return;
    }
    if (row.state() == TaskState.READY) {
      TaskRow held = queues.of(row.queue()).take(row);
      if (held != null) {
        taken.row = held;
      } else if (running.contains(key)) {
        throw refused(tx, id); // A slot was faster.
      }
    }
    tx.update(
        MOVE,
        after.state().word(),
        after.queue(),
        after.priority(),
        after.rank(),
        after.runAt() == 0 ? null : after.runAt(),
        key);
    commit.move(row, after);
  }

  private TaskRow moved(TaskRow row, TaskMove wanted) {
    Integer asked = wanted.priority();
    int priority = asked == null ? row.priority() : asked;
    String queue = wanted.queue() == null ? row.queue() : wanted.queue();
    Ranks ranks = effects.ranks();
    Instant runAt = wanted.runAt();
    if (runAt == null) {
      // What a crash interrupted stays at the head.
      long rank = row.rank() == 0 ? 0 : rank(row, queue, priority);
      return row.moved(row.state(), queue, priority, rank, row.runAt());
    }
    if (row.state() == TaskState.WAITING) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "runAt",
          "task " + row.id() + " is waiting, and not for a time",
          "Change its priority or queue, or let go what it waits for.");
    }
    long now = clock.millis();
    long at = runAt.toEpochMilli();
    if (at <= now) {
      boolean already = row.state() == TaskState.READY;
      long rank = already ? rank(row, queue, priority) : ranks.ofArrival(queue, priority, now);
      return row.moved(TaskState.READY, queue, priority, rank, already ? row.runAt() : 0);
    }
    TaskState to =
        row.state() == TaskState.READY
            ? Transition.target(TaskState.READY, Event.POSTPONED).orElseThrow()
            : row.state();
    return row.moved(to, queue, priority, ranks.of(queue, priority, at), at);
  }

  /** The rank of a task that keeps its time. */
  private long rank(TaskRow row, String queue, int priority) {
    Ranks ranks = effects.ranks();
    return ranks.order(queue) == ranks.order(row.queue())
        ? row.rank() + (priority - row.priority()) * effects.ageingMillis()
        : ranks.of(queue, priority, TaskId.millisOf(row.key()));
  }

  private TaskException refused(Tx tx, TaskId id) {
    return lookup
        .find(tx, id.key())
        .map(task -> lookup.refused(task, "moved", lookup.trail(tx, id.key()).orElse(null)))
        .orElseGet(() -> lookup.notFound(id));
  }
}
