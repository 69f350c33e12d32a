package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.Transition.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts single tasks that wait at another place, or gives them another input. Thread-safe. */
final class Moves {
  private static final String FIND = "SELECT " + TaskRow.COLUMNS + " FROM tasks WHERE id = ?";
  private static final String MOVE =
      "UPDATE tasks SET state = ?, queue = ?, priority = ?, rank = ?, run_at = ?, expires_at = ?,"
          + " input = coalesce(?, input) WHERE id = ?";

  private final Store store;
  private final InstantSource clock;
  private final TypeRegistry types;
  private final Queues queues;
  private final RunningTasks running;
  private final Lookup lookup;
  private final TaskCommit.Effects effects;

  Moves(
      Store store,
      InstantSource clock,
      TypeRegistry types,
      Queues queues,
      RunningTasks running,
      Lookup lookup,
      TaskCommit.Effects effects) {
    this.store = store;
    this.clock = clock;
    this.types = types;
    this.queues = queues;
    this.running = running;
    this.lookup = lookup;
    this.effects = effects;
  }

  Position move(TaskId id, TaskMove wanted) {
    check(wanted);
    JsonNode input = wanted.input();
    String json = input == null ? null : checked(id, input);
    return store.write(tx -> move(tx, id, wanted, json));
  }

  private void check(TaskMove wanted) {
    if (wanted.isEmpty()) {
      throw TaskException.of(
          TaskException.Reason.INVALID_OPTION,
          null,
          "nothing is to be changed",
          "Give priority, queue, runAt or input.");
    }
    String queue = wanted.queue();
    if (queue != null && !queues.hasRoomFor(queue)) {
      throw Limits.option("queue", queue, "There are as many queues as there can be; use one.");
    }
  }

  /** The input as a submission would have it, with hidden values that are given back as shown. */
  private String checked(TaskId id, JsonNode input) {
    TaskView task = lookup.find(id).orElseThrow(() -> lookup.notFound(id));
    if (task.state().finished() || task.state() == TaskState.RUNNING) {
      throw refused(task);
    }
    if (types.isOwn(task.type())) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "input",
          "task " + id + " is of type '" + task.type() + "', whose input is the server's own",
          "Change what it belongs to instead.");
    }
    KnownType<?, ?> known = types.require(task.type());
    if (!input.toString().contains(Redaction.SHOWN)) {
      return known.check(input);
    }
    try {
      JsonNode before = lookup.stored(id, Vault.INPUT).map(Json.MAPPER::readTree).orElse(input);
      return known.check(known.redaction.restored(input, before));
    } catch (SealedException _) {
      return known.check(input);
    }
  }

  private void move(Tx tx, TaskId id, TaskMove wanted, @Nullable String input) {
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
    Instant runAt = wanted.runAt();
    if (runAt != null && row.state() == TaskState.WAITING) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "runAt",
          "task " + row.id() + " is waiting, and not for a time",
          "Change its priority or queue, or let go what it waits for.");
    }
    Integer priority = wanted.priority();
    String queue = wanted.queue();
    TaskRow after =
        moved(
            row,
            priority == null ? row.priority() : priority,
            queue == null ? row.queue() : queue,
            runAt == null ? null : runAt.toEpochMilli());
    String sealed = effects.vault().sealIfAny(row.type(), key, Vault.INPUT, input);
    if (place(tx, commit, row, after, sealed) == null) {
      throw refused(tx, id); // A slot was faster.
    }
  }

  /**
   * Puts a task that waits at another place, or gives it another input; also one that was submitted
   * in this very commit.
   *
   * <p>As with a cancellation, it is in the window, or running, or neither until the commit is
   * through: what is taken out of the window comes back if the commit does not come.
   *
   * @param stored its input as it is to be stored; null if it stays
   * @return as it is now; null if a slot has just taken it
   */
  @Nullable TaskRow place(
      Tx tx, TaskCommit commit, TaskRow before, TaskRow place, @Nullable String stored) {
    if (stored == null && place.equals(before)) {
      return before;
    }
    TaskRow after = stored == null ? place : place.withInput(stored);
    if (commit.isLate(before)) {
      commit.resubmit(before, after);
      return after;
    }
    boolean isNew = commit.isSubmitted(before.key());
    if (isNew) {
      commit.insert(tx);
    } else if (before.state() == TaskState.READY && !takeOut(tx, before)) {
      return null;
    }
    tx.update(
        MOVE,
        after.state().word(),
        after.queue(),
        after.priority(),
        after.rank(),
        after.runAt() == 0 ? null : after.runAt(),
        after.expiresAt() == 0 ? null : after.expiresAt(),
        stored,
        after.key());
    if (after.expiresAt() != before.expiresAt()) {
      commit.add(Arrivals.EXPIRY, after.expiresAt(), after.key());
    }
    if (isNew) {
      commit.resubmit(before, after);
    } else {
      commit.move(before, after);
    }
    return after;
  }

  /** False if it runs. */
  private boolean takeOut(Tx tx, TaskRow row) {
    return queues.take(tx, row) != null || !running.contains(row.key());
  }

  /**
   * A task that waits, at another place.
   *
   * @param at when it is due, in Unix ms; null if that stays, as it does for one that waits for
   *     something else than time
   */
  TaskRow moved(TaskRow row, int priority, String queue, @Nullable Long at) {
    Ranks ranks = effects.ranks();
    if (at == null || row.state() == TaskState.WAITING) {
      // What a crash interrupted stays at the head.
      long rank = row.rank() == 0 ? 0 : rank(row, queue, priority);
      return row.moved(row.state(), queue, priority, rank, row.runAt());
    }
    long now = clock.millis();
    if (at <= now) {
      boolean already = row.state() == TaskState.READY;
      long rank = already ? rank(row, queue, priority) : ranks.ofArrival(queue, priority, now);
      return row.moved(TaskState.READY, queue, priority, rank, already ? row.runAt() : 0)
          .due(already ? row.dueAt() : now, row);
    }
    TaskState to =
        row.state() == TaskState.READY
            ? Transition.target(TaskState.READY, Event.POSTPONED).orElseThrow()
            : row.state();
    return row.moved(to, queue, priority, ranks.of(queue, priority, at), at).due(at, row);
  }

  /** The rank of a task that keeps its time. */
  private long rank(TaskRow row, String queue, int priority) {
    Ranks ranks = effects.ranks();
    return ranks.order(queue) == ranks.order(row.queue())
        ? row.rank() + (priority - row.priority()) * effects.ageingMillis()
        : ranks.of(queue, priority, TaskId.millisOf(row.key()));
  }

  private TaskException refused(TaskView task) {
    return lookup.refused(task, "moved", lookup.trail(task.id()).orElse(null));
  }

  private TaskException refused(Tx tx, TaskId id) {
    return lookup
        .find(tx, id.key())
        .map(task -> lookup.refused(task, "moved", lookup.trail(tx, id.key()).orElse(null)))
        .orElseGet(() -> lookup.notFound(id));
  }
}
