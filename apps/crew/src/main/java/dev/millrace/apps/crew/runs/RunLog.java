package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.decisions.Words;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import dev.millrace.tasks.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened in runs, line by line, for as long as their history is kept: each line stands in
 * the commit that makes it true, and its words are searched. Thread-safe.
 */
public final class RunLog {
  private static final int LONGEST = 2_000;
  private static final String ADD =
      "INSERT INTO crew_log (run, at_ms, type, stage, agent, detail, gate) VALUES (?, ?, ?, ?, ?,"
          + " ?, ?) RETURNING id";
  private static final String INDEX = "INSERT INTO crew_log_words (rowid, words) VALUES (?, ?)";
  private static final String COLUMNS =
      "SELECT l.id, l.run, l.at_ms, l.type, l.stage, l.agent, l.detail, l.gate FROM ";
  private static final String OF_RUN =
      COLUMNS + "crew_log l WHERE l.run = ? AND l.id < ? ORDER BY l.id DESC LIMIT ?";
  private static final String ALL =
      COLUMNS + "crew_log l WHERE l.id < ? ORDER BY l.id DESC LIMIT ?";
  private static final String MATCHING =
      COLUMNS
          + "(SELECT rowid AS found FROM crew_log_words WHERE crew_log_words MATCH ?"
          + " AND rowid < ? ORDER BY rowid DESC LIMIT ?)"
          + " JOIN crew_log l ON l.id = found ORDER BY l.id DESC";
  private static final String FORGET_WORDS =
      "DELETE FROM crew_log_words WHERE rowid IN (SELECT id FROM crew_log WHERE run = ?)";
  private static final String FORGET = "DELETE FROM crew_log WHERE run = ?";

  /**
   * Which lines; null means that it does not matter.
   *
   * @param text words that must all be there
   */
  public record Wanted(@Nullable String text, @Nullable TaskId run, @Nullable String type) {}

  /** A page of lines, and the id of the last that was looked at; null at the end. */
  public record Page(List<LogLine> items, @Nullable Long last) {}

  /** A line that is not written yet. */
  record Draft(
      String type,
      @Nullable String stage,
      @Nullable String agent,
      @Nullable String detail,
      @Nullable String gate) {

    Draft(String type, @Nullable String stage, @Nullable String agent, @Nullable String detail) {
      this(type, stage, agent, detail, null);
    }

    static Draft of(RunEvent event) {
      return switch (event) {
        case RunEvent.TaskStarted it ->
            new Draft("task.started", it.stage(), it.agent(), it.fallback() ? "fallback" : null);
        case RunEvent.TaskCompleted it ->
            new Draft(
                "task.completed",
                it.stage(),
                it.agent(),
                it.skipped() ? "skipped" : it.conclusion());
        case RunEvent.TaskFailed it -> new Draft("task.failed", it.stage(), it.agent(), it.error());
        case RunEvent.PhaseComplete it ->
            new Draft("workflow.phase-complete", it.stage(), null, null);
        case RunEvent.SyncWaiting it ->
            new Draft("sync.waiting", it.stage(), null, it.until(), it.gate());
        case RunEvent.SyncPassed it ->
            new Draft("sync.passed", it.stage(), null, it.by(), it.gate());
        case RunEvent.SyncFailed it ->
            new Draft("sync.failed", it.stage(), null, all(it.failed()), it.gate());
        case RunEvent.GateFailed it ->
            new Draft("quality.gate-failed", it.stage(), null, all(it.failed()), it.gate());
        case RunEvent.GateRetried it ->
            new Draft("quality.gate-retried", it.stage(), null, String.valueOf(it.retry()));
        case RunEvent.GateWarned it ->
            new Draft("quality.gate-warned", it.stage(), null, all(it.failed()), "process");
        case RunEvent.GateAtRisk it ->
            new Draft(
                "quality.gate-at-risk",
                it.stage(),
                null,
                Math.round(100 * it.chance())
                    + " %"
                    + (it.weakest() == null ? "" : ", " + it.weakest()));
      };
    }

    private static String all(List<String> reasons) {
      return String.join("; ", reasons);
    }
  }

  private final Store store;

  public RunLog(Store store) {
    this.store = store;
  }

  /** The work that writes lines about a run. */
  static TxWork<RuntimeException> adding(TaskId run, List<Draft> lines, Instant at) {
    List<String> words = lines.stream().map(line -> words(run, line)).toList();
    return (Tx tx) -> {
      for (int i = 0; i < lines.size(); i++) {
        Draft line = lines.get(i);
        long id =
            tx.number(
                ADD,
                run.key(),
                at.toEpochMilli(),
                line.type(),
                line.stage(),
                line.agent(),
                cut(line.detail()),
                line.gate());
        tx.update(INDEX, id, words.get(i));
      }
    };
  }

  private static @Nullable String cut(@Nullable String detail) {
    return detail == null || detail.length() <= LONGEST
        ? detail
        : detail.substring(0, LONGEST - 1) + "…";
  }

  private static String words(TaskId run, Draft line) {
    Set<String> words = new LinkedHashSet<>();
    Words.tokens(words, text(line.stage()), text(line.agent()), text(cut(line.detail())));
    words.add(ofRun(run));
    words.add(Words.exact('y', line.type()));
    return String.join(" ", words);
  }

  private static String ofRun(TaskId run) {
    return Words.exact('r', Long.toString(run.key()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Lines, newest first, beginning before the id {@code before}. */
  public Page find(Wanted wanted, long before, int limit) {
    Words.Query text = Words.query(text(wanted.text()));
    boolean searched = wanted.text() != null || wanted.type() != null;
    if (wanted.text() != null && text.match().isEmpty()) {
      return new Page(List.of(), null);
    }
    List<LogLine> rows =
        store.read((Snapshot view) -> {
          if (searched) {
            return view.query(MATCHING, RunLog::line, match(wanted, text), before, limit);
          }
          return wanted.run() == null
              ? view.query(ALL, RunLog::line, before, limit)
              : view.query(OF_RUN, RunLog::line, wanted.run().key(), before, limit);
        });
    // Pairs of characters may stand apart in a text.
    List<LogLine> found =
        rows.stream().filter(row -> text.runs().stream().allMatch(run -> has(row, run))).toList();
    return new Page(found, rows.size() < limit ? null : rows.getLast().id());
  }

  private static boolean has(LogLine line, String part) {
    return (text(line.stage()) + '\n' + text(line.agent()) + '\n' + text(line.detail()))
        .toLowerCase(Locale.ROOT)
        .contains(part);
  }

  private static String match(Wanted wanted, Words.Query text) {
    List<String> parts = new ArrayList<>();
    if (!text.match().isEmpty()) {
      parts.add(text.match());
    }
    if (wanted.run() != null) {
      parts.add('"' + ofRun(wanted.run()) + '"');
    }
    if (wanted.type() != null) {
      parts.add('"' + Words.exact('y', wanted.type()) + '"');
    }
    return String.join(" AND ", parts);
  }

  /** Forgets what happened in a run. */
  static void forget(Tx tx, TaskId run) {
    tx.update(FORGET_WORDS, run.key());
    tx.update(FORGET, run.key());
  }

  private static LogLine line(ResultSet row) throws SQLException {
    return new LogLine(
        row.getLong(1),
        new TaskId(row.getLong(2)).toString(),
        Instant.ofEpochMilli(row.getLong(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8));
  }
}
