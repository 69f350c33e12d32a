package dev.millrace.tasks;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** One table of history, with the statements that name it. Immutable. */
final class Bucket {
  final int day;
  final String table;

  /** Plain successes, from memory. */
  final RowShape plain;

  /** Successes that went straight through, from memory too. */
  final RowShape straight;

  /** Anything else, from the live table. */
  final String move;

  final String find;
  final String findTrail;
  final String delete;

  /** As {@link TaskRow} reads it. */
  final String findRow;

  /** Gives a dead one up. */
  final String cancel;

  /** The unfinished task that has the unique key of a finished one. */
  final String findRival;

  /** Back to the live table; the state and place are set afterwards. */
  final String restore;

  Bucket(int day) {
    this.day = day;
    table = "tasks_done_" + day;
    plain =
        new RowShape(
            8,
            "INSERT INTO "
                + table
                + " (id, type, queue, state, priority, attempt, started_at, finished_at, input,"
                + " output) VALUES ",
            "(?, ?, ?, 'succeeded', ?, 1, ?, ?, ?, ?)",
            "");
    straight =
        new RowShape(
            15,
            "INSERT INTO "
                + table
                + " (id, type, queue, state, priority, attempt, started_at, finished_at, input,"
                + " output, run_at, unique_key, tags, tenant, subject, traceparent, batch) VALUES ",
            "(?, ?, ?, 'succeeded', ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "");
    move =
        "INSERT INTO "
            + table
            + " SELECT id, type, queue, ?, priority, ?, crashes, run_at, ?, ?, unique_key, tags,"
            + " tenant, subject, traceparent, coalesce(?, progress_done), coalesce(?,"
            + " progress_total), coalesce(?, progress_message), coalesce(?, error), input, ?, ?,"
            + " batch FROM tasks WHERE id = ?";
    find = "SELECT " + Views.DONE_COLUMNS + ", input, output FROM " + table + " WHERE id = ?";
    findTrail =
        "SELECT state, attempt, started_at, finished_at, error, trail FROM "
            + table
            + " WHERE id = ?";
    restore =
        "INSERT INTO tasks (id, type, queue, state, priority, rank, details, unique_key, tags,"
            + " tenant, subject, traceparent, progress_done, progress_total, progress_message,"
            + " error, input, batch) SELECT id, type, queue, 'waiting', priority, 0, 1, unique_key,"
            + " tags, tenant, subject, traceparent, progress_done, progress_total,"
            + " progress_message, error, input, batch FROM "
            + table
            + " WHERE id = ?";
    findRival =
        "SELECT tasks.id FROM tasks JOIN "
            + table
            + " AS done ON tasks.unique_key = done.unique_key AND tasks.type = done.type"
            + " WHERE done.id = ?";
    delete = "DELETE FROM " + table + " WHERE id = ?";
    findRow = "SELECT " + TaskRow.DONE_COLUMNS + " FROM " + table + " WHERE id = ?";
    cancel = "UPDATE " + table + " SET state = 'cancelled' WHERE id = ?";
  }

  /** When the day is over. */
  Instant end() {
    return LocalDate.of(day / 10_000, day / 100 % 100, day % 100)
        .plusDays(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }
}
