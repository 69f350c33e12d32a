package dev.millrace.tasks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Rows as people see them. */
final class Views {
  private static final String COMMON =
      "id, type, queue, state, priority, attempt, crashes, run_at, progress_done, progress_total,"
          + " progress_message, error, unique_key, tags, tenant, subject, traceparent";

  /** Of the live table. */
  static final String LIVE_COLUMNS =
      COMMON
          + ", cancelling, NULL AS started_at, NULL AS finished_at, batch, waits_for, expires_at";

  /** Of a table of history. */
  static final String DONE_COLUMNS =
      COMMON
          + ", 0 AS cancelling, started_at, finished_at, batch, NULL AS waits_for, NULL AS"
          + " expires_at";

  static final String FIND_LIVE =
      "SELECT " + LIVE_COLUMNS + ", input, NULL AS output FROM tasks WHERE id = ?";

  private final RunningTasks running;
  private final TypeRegistry types;

  private final Vault vault;

  Views(RunningTasks running, TypeRegistry types, Vault vault) {
    this.vault = vault;
    this.types = types;
    this.running = running;
  }

  /** A row of a list. */
  TaskView brief(ResultSet row) throws SQLException {
    return view(row, null, null);
  }

  /** A row with input and output behind the columns. */
  TaskView full(ResultSet row) throws SQLException {
    return view(row, row.getString(24), row.getString(25));
  }

  private TaskView view(ResultSet row, @Nullable String input, @Nullable String output)
      throws SQLException {
    long key = row.getLong(1);
    TaskState stored = TaskState.parse(row.getString(4));
    LiveRun known = stored == TaskState.READY ? running.find(key) : null;
    LiveRun run = known == null || known.parksAt != null ? null : known;
    LiveRun.Stop stop = run == null ? null : run.stopped();
    Progress live = run == null ? null : run.progress();
    TaskId id = new TaskId(key);
    long batch = row.getLong(21);
    return new TaskView(
        id,
        row.getString(2),
        row.getString(3),
        run == null ? stored : TaskState.RUNNING,
        row.getInt(5),
        run == null ? row.getInt(6) : run.attempt(),
        row.getInt(7),
        row.getInt(18) != 0 || stop == LiveRun.Stop.CANCELLED,
        id.createdAt(),
        instant(row, 8),
        run == null || run.startedAt() == 0
            ? instant(row, 19)
            : Instant.ofEpochMilli(run.startedAt()),
        instant(row, 20),
        live == null ? progress(row, key) : live,
        vault.shown(key, Vault.ERROR, row.getString(12)),
        row.getString(13),
        Json.tags(row.getString(14)),
        row.getString(15),
        row.getString(16),
        row.getString(17),
        batch == 0 ? null : new BatchId(batch),
        Hold.inWords(row.getString(22)),
        run == null ? instant(row, 23) : null,
        shown(row.getString(2), key, Vault.INPUT, input),
        shown(row.getString(2), key, Vault.OUTPUT, output));
  }

  private @Nullable JsonNode shown(String type, long key, String place, @Nullable String stored) {
    String json = vault.openOrKeep(key, place, stored);
    if (json == null) {
      return null;
    }
    return Vault.isSealed(json)
        ? StringNode.valueOf(vault.shown(key, place, json))
        : types.redaction(type).shown(Json.MAPPER.readTree(json));
  }

  private @Nullable Progress progress(ResultSet row, long key) throws SQLException {
    long done = row.getLong(9);
    return row.wasNull()
        ? null
        : new Progress(done, row.getLong(10), vault.shown(key, Vault.MESSAGE, row.getString(11)));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
