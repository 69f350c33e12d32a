package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statements on the rows of schedules. */
final class ScheduleTable {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleTable.class);
  private static final String FIND =
      "SELECT " + ScheduleRow.COLUMNS + " FROM task_schedules WHERE name = ?";
  private static final String OWNED =
      "SELECT " + ScheduleRow.COLUMNS + " FROM task_schedules WHERE owner = ?";
  private static final String INSERT =
      "INSERT INTO task_schedules (name, "
          + ScheduleRow.COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String CHANGE =
      "UPDATE task_schedules SET version = ?, definition = ?, paused = ?, anchor = ?, due = ?,"
          + " fire = ?, pending = ?, error = ? WHERE id = ?";
  private static final String PASS =
      "UPDATE task_schedules SET version = ?, due = ?, fire = ?, last_due = ?, last_task = ?,"
          + " started = ?, skipped = ?, caught_up = ?, pending = ?, error = ? WHERE id = ? AND"
          + " version = ?";

  private static final String UNFINISHED =
      "SELECT id FROM tasks WHERE id IN (SELECT value FROM json_each(?))";

  private ScheduleTable() {}

  static List<ScheduleRow> all(Snapshot view) {
    var rows = new ArrayList<ScheduleRow>();
    for (String name : view.query("SELECT name FROM task_schedules", row -> row.getString(1))) {
      try {
        find(view, name).ifPresent(rows::add);
      } catch (RuntimeException unreadable) {
        LOG.warn("the schedule {} cannot be read and does not run", name, unreadable);
      }
    }
    return rows;
  }

  static Optional<ScheduleRow> find(Snapshot view, String name) {
    return view.find(FIND, ScheduleRow::read, name);
  }

  static List<ScheduleRow> owned(Snapshot view, String owner) {
    return view.query(OWNED, ScheduleRow::read, owner);
  }

  /** Whether the row is as it was when something was decided on it. */
  static boolean isStill(Tx tx, ScheduleRow row) {
    return tx.number(
            "SELECT count(*) FROM task_schedules WHERE id = ? AND version = ?",
            row.id(),
            row.version())
        == 1;
  }

  /** Which of these tasks are not over; 0 is none. */
  static Set<Long> unfinished(Tx tx, List<Long> tasks) {
    List<Long> known = tasks.stream().filter(task -> task != 0).toList();
    return known.isEmpty()
        ? Set.of()
        : Set.copyOf(tx.query(UNFINISHED, row -> row.getLong(1), known.toString()));
  }

  static void insert(Tx tx, ScheduleRow row) {
    var values = new ArrayList<@Nullable Object>();
    values.add(row.schedule().name());
    values.addAll(Arrays.asList(row.values()));
    tx.update(INSERT, values.toArray());
  }

  /** Writes what people and code change. */
  static void change(Tx tx, ScheduleRow row) {
    @Nullable Object[] values = row.values();
    tx.update(
        CHANGE,
        row.version(),
        values[2],
        row.paused(),
        row.anchor(),
        values[6],
        values[7],
        values[13],
        row.error(),
        row.id());
  }

  /**
   * Writes what the passing of time changes, on the versions before.
   *
   * @return how many were still of that version
   */
  static int pass(Tx tx, List<ScheduleRow> rows) {
    var values = new ArrayList<@Nullable Object[]>(rows.size());
    for (ScheduleRow row : rows) {
      values.add(
          new @Nullable Object[] {
            row.version(),
            row.due() == 0 ? null : row.due(),
            row.fire() == 0 ? null : row.fire(),
            row.lastDue() == 0 ? null : row.lastDue(),
            row.lastTask() == 0 ? null : row.lastTask(),
            row.started(),
            row.skipped(),
            row.caughtUp(),
            row.pendingText(),
            row.error(),
            row.id(),
            row.version() - 1
          });
    }
    return tx.batch(PASS, values);
  }

  static void delete(Tx tx, long id) {
    tx.update("DELETE FROM task_schedules WHERE id = ?", id);
  }
}
