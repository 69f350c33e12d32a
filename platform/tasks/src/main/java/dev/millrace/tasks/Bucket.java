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
  final String findType;
  final String delete;

  /** As {@link TaskRow} reads it. */
  final String findRow;

  /** Gives a dead one up. */
  final String cancel;

  /** The unfinished task that has the unique key of a finished one. */
  final String findRival;

  /** The types of its tasks, one step in the index each. */
  final String types;

  /** Keys and weights of a type's tasks between two keys that ended before some time. */
  final String expired;

  /** The same of those that have results. */
  final String expiredResults;

  /** The least key between two of a result that stays; 0 for none. */
  final String firstKeptResult;

  final String dropResults;

  /** What the purge has to know of the rows that it takes. */
  final String purged;

  final String deleteAll;

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
            + " batch, cost FROM tasks WHERE id = ?";
    find = "SELECT " + Views.DONE_COLUMNS + ", input, output FROM " + table + " WHERE id = ?";
    findTrail =
        "SELECT state, attempt, started_at, finished_at, error, trail FROM "
            + table
            + " WHERE id = ?";
    findType = "SELECT type FROM " + table + " WHERE id = ?";
    restore =
        "INSERT INTO tasks (id, type, queue, state, priority, rank, details, unique_key, tags,"
            + " tenant, subject, traceparent, progress_done, progress_total, progress_message,"
            + " error, input, batch, cost) SELECT id, type, queue, 'waiting', priority, 0, 1,"
            + " unique_key, tags, tenant, subject, traceparent, progress_done, progress_total,"
            + " progress_message, error, input, batch, coalesce(cost, 1) FROM "
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
    types =
        "WITH RECURSIVE types (name) AS (SELECT (SELECT type FROM "
            + table
            + " ORDER BY type LIMIT 1) UNION ALL SELECT (SELECT type FROM "
            + table
            + " WHERE type > types.name ORDER BY type LIMIT 1) FROM types WHERE types.name IS NOT"
            + " NULL) SELECT name FROM types WHERE name IS NOT NULL";
    String between = " FROM " + table + " WHERE type = ? AND id >= ? AND id < ?";
    expired =
        "SELECT id, octet_length(input) + coalesce(octet_length(output), 0) +"
            + " coalesce(octet_length(trail), 0)"
            + between
            + " AND finished_at < ? ORDER BY id LIMIT ?";
    expiredResults =
        "SELECT id, octet_length(output)"
            + between
            + " AND finished_at < ? AND output IS NOT NULL ORDER BY id LIMIT ?";
    firstKeptResult =
        "SELECT coalesce(min(id), 0)" + between + " AND finished_at >= ? AND output IS NOT NULL";
    String listed = " WHERE id IN (SELECT value FROM json_each(?))";
    dropResults = "UPDATE " + table + " SET output = NULL" + listed;
    purged = "SELECT id, queue, state, tags, type FROM " + table + listed;
    deleteAll = "DELETE FROM " + table + listed;
  }

  /** When the day begins. */
  Instant begin() {
    return date().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** When the day is over. */
  Instant end() {
    return date().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** When the day of that moment is over. */
  static Instant endOfDay(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC)
        .plusDays(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private LocalDate date() {
    return LocalDate.of(day / 10_000, day / 100 % 100, day % 100);
  }
}
