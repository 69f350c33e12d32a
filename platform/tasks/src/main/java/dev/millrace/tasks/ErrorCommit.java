package dev.millrace.tasks;

import dev.millrace.store.Tx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one commit does to the groups of errors, written once before it ends. Used on the writer's
 * thread.
 */
final class ErrorCommit {
  static final long HOUR_MILLIS = 3_600_000;

  private static final String DIED =
      "INSERT INTO task_dead (task, fingerprint) VALUES (?, ?)"
          + " ON CONFLICT (task) DO UPDATE SET fingerprint = excluded.fingerprint";
  private static final String FIND_DEAD = "SELECT fingerprint FROM task_dead WHERE task = ?";
  private static final String DROP_DEAD = "DELETE FROM task_dead WHERE task = ?";
  private static final String TAG =
      "INSERT INTO task_tags (tag, task) VALUES (?, ?) ON CONFLICT DO NOTHING";
  private static final String DROP_TAG = "DELETE FROM task_tags WHERE tag = ? AND task = ?";
  private static final String GROUP =
      "INSERT INTO task_errors (fingerprint, exception, message, error, trace, task, failures,"
          + " dead, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (fingerprint) DO UPDATE SET error = excluded.error,"
          + " trace = excluded.trace, task = excluded.task,"
          + " failures = failures + excluded.failures, dead = dead + excluded.dead,"
          + " first_at = min(first_at, excluded.first_at),"
          + " last_at = max(last_at, excluded.last_at)";
  private static final String LEFT = "UPDATE task_errors SET dead = dead + ? WHERE fingerprint = ?";
  private static final String TYPE =
      "INSERT INTO task_error_types (fingerprint, type, failures, dead) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (fingerprint, type) DO UPDATE SET failures = failures +"
          + " excluded.failures, dead = dead + excluded.dead";
  private static final String HOUR =
      "INSERT INTO task_error_hours (fingerprint, hour, failures) VALUES (?, ?, ?)"
          + " ON CONFLICT (fingerprint, hour) DO UPDATE SET failures = failures +"
          + " excluded.failures";

  private final ErrorStore store;
  private final Map<String, Change> changes = new LinkedHashMap<>();

  /** Changed counts of one group. */
  private static final class Change {
    @Nullable Failure newest;
    long task;
    long firstAt = Long.MAX_VALUE;
    long lastAt;
    long failures;
    long dead;
    final Map<String, long[]> types = new TreeMap<>();
    final Map<Long, Long> hours = new TreeMap<>();

    void count(String type, int failed, int died) {
      failures += failed;
      dead += died;
      long[] counts = types.computeIfAbsent(type, _ -> new long[2]);
      counts[0] += failed;
      counts[1] += died;
    }
  }

  ErrorCommit(ErrorStore store) {
    this.store = store;
  }

  private Change of(String fingerprint) {
    return changes.computeIfAbsent(fingerprint, _ -> new Change());
  }

  /** An attempt failed, and its task is dead or tries again. */
  void failed(Tx tx, Outcome outcome, Failure as, boolean dead) {
    TaskRow row = outcome.row();
    failed(tx, row.key(), row.type(), outcome.endedAt(), as, dead);
  }

  /** A task had died of that before groups were kept. */
  void died(Tx tx, long task, String type, long at, Failure as) {
    failed(tx, task, type, at, as, true);
  }

  private void failed(Tx tx, long task, String type, long at, Failure as, boolean dead) {
    Failure failure = store.bounded(as, changes.keySet());
    Change change = of(failure.fingerprint());
    change.newest = failure;
    change.task = task;
    change.firstAt = Math.min(change.firstAt, at);
    change.lastAt = Math.max(change.lastAt, at);
    change.count(type, 1, dead ? 1 : 0);
    change.hours.merge(at / HOUR_MILLIS, 1L, Long::sum);
    if (dead) {
      tx.update(DIED, task, failure.fingerprint());
      tx.update(TAG, ErrorGroup.tag(failure.fingerprint()), task);
    }
  }

  /** A dead task is dead no more, or leaves history. */
  void left(Tx tx, long task, String type) {
    Optional<String> fingerprint = tx.find(FIND_DEAD, row -> row.getString(1), task);
    if (fingerprint.isPresent()) {
      tx.update(DROP_DEAD, task);
      tx.update(DROP_TAG, ErrorGroup.tag(fingerprint.get()), task);
      of(fingerprint.get()).count(type, 0, -1);
    }
  }

  void write(Tx tx) {
    changes.forEach((fingerprint, change) -> write(tx, fingerprint, change));
    tx.afterCommit(() -> store.committed(changes.keySet()));
  }

  private static void write(Tx tx, String fingerprint, Change change) {
    Failure newest = change.newest;
    if (newest == null) {
      tx.update(LEFT, change.dead, fingerprint);
    } else {
      tx.update(
          GROUP,
          fingerprint,
          newest.exception(),
          newest.message(),
          newest.error(),
          Texts.shortened(newest.trace(), Limits.ERROR),
          change.task,
          change.failures,
          change.dead,
          change.firstAt,
          change.lastAt);
    }
    change.types.forEach(
        (type, counts) -> tx.update(TYPE, fingerprint, type, counts[0], counts[1]));
    change.hours.forEach((hour, failures) -> tx.update(HOUR, fingerprint, hour, failures));
  }
}
