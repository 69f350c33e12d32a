package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signals on their way to runs: kept until a run takes them. Thread-safe. */
final class Signals {
  private static final String FIND = "SELECT count(*) FROM tasks WHERE id = ?";
  private static final String TYPE = "SELECT type FROM tasks WHERE id = ?";
  private static final String LAST =
      "SELECT coalesce(max(number), 0) FROM task_signals WHERE task = ? AND name = ?";
  private static final String COUNT = "SELECT count(*) FROM task_signals WHERE task = ?";
  private static final String ADD =
      "INSERT INTO task_signals (task, name, number, at, payload) VALUES (?, ?, ?, ?, ?)";
  private static final String FIRST =
      "SELECT number, payload FROM task_signals WHERE task = ? AND name = ?"
          + " ORDER BY number LIMIT 1";
  private static final String ALL =
      "SELECT number, payload FROM task_signals WHERE task = ? AND name = ? ORDER BY number";
  private static final String TAKE =
      "DELETE FROM task_signals WHERE task = ? AND name = ? AND number = ?";
  private static final String DROP = "DELETE FROM task_signals WHERE task = ?";
  private static final String MARK = "UPDATE tasks SET details = 1 WHERE id = ?";

  private final Store store;
  private final InstantSource clock;
  private final RunningTasks running;
  private final Lookup lookup;
  private final TaskCommit.Effects effects;

  Signals(
      Store store,
      InstantSource clock,
      RunningTasks running,
      Lookup lookup,
      TaskCommit.Effects effects) {
    this.store = store;
    this.clock = clock;
    this.running = running;
    this.lookup = lookup;
    this.effects = effects;
  }

  /**
   * @param payload null for none
   */
  record Signal(long number, @Nullable String payload) {}

  Position send(TaskId id, String name, @Nullable String payload) {
    checkName(name);
    if (payload != null && payload.length() > Limits.PAYLOAD) {
      throw TaskException.of(
          TaskException.Reason.LIMIT,
          "payload",
          "the payload has " + payload.length() + " characters of JSON",
          "Up to " + Limits.PAYLOAD + " are taken.");
    }
    return store.write(tx -> send(tx, id, name, payload));
  }

  static void checkName(String name) {
    Limits.checkLength("name", name, Limits.NAME_LENGTH);
  }

  void send(Tx tx, TaskId id, String name, @Nullable String payload) {
    long key = id.key();
    TaskCommit commit = TaskCommit.of(tx, effects);
    boolean there = commit.isSubmitted(key) || tx.number(FIND, key) > 0;
    if (!there || commit.over(key) != null) {
      throw refused(tx, id);
    }
    if (tx.number(COUNT, key) >= Limits.SIGNALS) {
      throw TaskException.of(
          TaskException.Reason.LIMIT,
          "name",
          "task " + id + " has " + Limits.SIGNALS + " signals that it did not take",
          "Send fewer, or let the handler take them.");
    }
    String stored = payload == null ? null : sealed(tx, commit, key, name, payload);
    tx.update(ADD, key, name, tx.number(LAST, key, name) + 1, clock.millis(), stored);
    tx.update(MARK, key);
    LiveRun run = running.find(key);
    if (run != null) {
      run.detailsWritten();
    }
    commit.release(tx, key, Hold.forSignal(name));
    commit.release(tx, key, Hold.FOR_NEWS);
  }

  private String sealed(Tx tx, TaskCommit commit, long key, String name, String payload) {
    Vault vault = effects.vault();
    if (!vault.isOn()) {
      return payload;
    }
    String type =
        tx.find(TYPE, row -> row.getString(1), key)
            .orElseGet(() ->
                commit.submitted.stream()
                    .filter(row -> row.key() == key)
                    .map(TaskRow::type)
                    .findFirst()
                    .orElseThrow());
    return vault.sealIf(type, key, Vault.signal(name), payload);
  }

  private TaskException refused(Tx tx, TaskId id) {
    TaskView done = lookup.findDone(tx, id.key()).orElseThrow(() -> lookup.notFound(id));
    return lookup.refused(done, "signalled", lookup.trail(tx, id.key()).orElse(null));
  }

  static Optional<Signal> first(Tx tx, long task, String name) {
    return tx.find(FIRST, Signals::signal, task, name);
  }

  /** Those of a name that wait, in the order in which they came. */
  static List<Signal> all(Snapshot view, long task, String name) {
    return view.query(ALL, Signals::signal, task, name);
  }

  /** Whether a signal of any name waits. */
  static boolean any(Tx tx, long task) {
    return tx.number(COUNT, task) > 0;
  }

  static void take(Tx tx, long task, String name, Signal signal) {
    tx.update(TAKE, task, name, signal.number());
  }

  /** Drops what a task that is over did not take. */
  static void drop(Tx tx, long task) {
    tx.update(DROP, task);
  }

  private static Signal signal(ResultSet row) throws SQLException {
    return new Signal(row.getLong(1), row.getString(2));
  }
}
