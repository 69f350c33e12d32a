package dev.millrace.apps.draft.records;

import dev.millrace.store.Tx;
import dev.millrace.tasks.TaskId;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts drafts as they end, in the very commits that end them, so that nothing is ever scanned and
 * no restart counts anything twice. A draft that is taken up again is taken back.
 */
final class Endings {
  private static final String FIND =
      """
      SELECT rule_group, state, created_us, ended_ms, bytes FROM draft_generations
      WHERE task_key = ?\
      """;
  private static final String COUNT =
      """
      INSERT INTO draft_statistics (day, rule_group, ready, failed, cancelled, millis, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (day, rule_group) DO UPDATE SET ready = ready + excluded.ready,
        failed = failed + excluded.failed, cancelled = cancelled + excluded.cancelled,
        millis = millis + excluded.millis, bytes = bytes + excluded.bytes\
      """;
  private static final String END =
      """
      UPDATE draft_generations SET state = ?, ended_ms = ?, bytes = ?, code = ?
      WHERE task_key = ?\
      """;
  private static final String REOPEN =
      """
      UPDATE draft_generations SET state = 'open', ended_ms = NULL, bytes = 0, code = NULL
      WHERE task_key = ?\
      """;
  private static final String FAILED_FILES =
      "SELECT url, code FROM draft_files WHERE task_key = ? AND state = 'failed'";
  private static final String COUNT_FILES =
      """
      INSERT INTO draft_file_failures (day, rule_group, host, code, files) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (day, rule_group, host, code) DO UPDATE SET files = files + excluded.files\
      """;

  /** Hosts of links that cannot be read, and of those beyond what is worth telling apart. */
  private static final int LONGEST_HOST = 100;

  private Endings() {}

  private record Row(String ruleGroup, String state, long createdMicros, long endedMs, long bytes) {
    long millis(long until) {
      return Math.max(0, until - createdMicros / 1_000);
    }
  }

  private record Failure(String host, String code) {}

  /** A draft has ended; does nothing if that was counted already. */
  static void ended(
      Tx tx, TaskId task, DraftState state, Instant at, long bytes, @Nullable String code) {
    Row row = find(tx, task).orElse(null);
    if (row == null || !row.state().equals(DraftState.OPEN)) {
      return;
    }
    long now = at.toEpochMilli();
    tx.update(END, state.word(), now, bytes, code, task.key());
    boolean ready = state == DraftState.READY;
    count(tx, day(now), row, state.word(), 1, ready ? row.millis(now) : 0, bytes);
    Map<Failure, Integer> failures = new HashMap<>();
    tx.forEach(
        FAILED_FILES,
        file ->
            failures.merge(
                new Failure(host(file.getString(1)), String.valueOf(file.getString(2))),
                1,
                Integer::sum),
        task.key());
    failures.forEach((failure, files) ->
        tx.update(COUNT_FILES, day(now), row.ruleGroup(), failure.host(), failure.code(), files));
  }

  /** A draft that had ended is at work again. Files that failed have failed all the same. */
  static void reopened(Tx tx, TaskId task) {
    Row row = find(tx, task).orElse(null);
    if (row == null || row.state().equals(DraftState.OPEN)) {
      return;
    }
    tx.update(REOPEN, task.key());
    boolean ready = row.state().equals(DraftState.READY.word());
    long millis = ready ? row.millis(row.endedMs()) : 0;
    count(tx, day(row.endedMs()), row, row.state(), -1, -millis, -row.bytes());
  }

  private static Optional<Row> find(Tx tx, TaskId task) {
    return tx.find(
        FIND,
        row ->
            new Row(
                row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5)),
        task.key());
  }

  private static void count(
      Tx tx, String day, Row row, String state, int drafts, long millis, long bytes) {
    tx.update(
        COUNT,
        day,
        row.ruleGroup(),
        state.equals(DraftState.READY.word()) ? drafts : 0,
        state.equals(DraftState.FAILED.word()) ? drafts : 0,
        state.equals(DraftState.CANCELLED.word()) ? drafts : 0,
        millis,
        bytes);
  }

  private static String day(long millis) {
    return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null || host.length() > LONGEST_HOST ? "" : host;
    } catch (IllegalArgumentException unreadable) {
      return "";
    }
  }
}
