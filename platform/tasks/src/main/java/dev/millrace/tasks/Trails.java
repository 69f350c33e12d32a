package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Attempts, steps and log of tasks: rows while a task is unfinished, one JSON text afterwards. */
final class Trails {
  /** Characters of steps' results, and of the log, that history keeps. */
  static final int KEPT = 64 << 10;

  private static final int KEPT_ATTEMPTS = 100;
  private static final int KEPT_STEPS = 1_000;
  private static final int KEPT_RESULT = 2_000;

  private static final String ADD_ATTEMPT =
      "INSERT INTO task_attempts (task, started_at, ended_at, number, outcome, error)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String ATTEMPTS =
      "SELECT number, started_at, ended_at, outcome, error FROM task_attempts WHERE task = ?"
          + " ORDER BY started_at, ended_at";
  private static final String STEPS =
      "SELECT name, started_at, ended_at, CASE WHEN octet_length(result) <= "
          + KEPT_RESULT
          + " THEN result END FROM task_steps WHERE task = ? ORDER BY ended_at, name LIMIT "
          + KEPT_STEPS;
  private static final String ADD_LOG =
      "INSERT INTO task_log (task, at, level, line) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String LOG =
      "SELECT at, level, line FROM task_log WHERE task = ? ORDER BY at LIMIT " + Limits.LOG_LINES;
  private static final String DROP_ATTEMPTS = "DELETE FROM task_attempts WHERE task = ?";
  private static final String DROP_STEPS = "DELETE FROM task_steps WHERE task = ?";
  private static final String DROP_LOG = "DELETE FROM task_log WHERE task = ?";

  private Trails() {}

  /** Writes the attempt that ended and its last lines as rows; the task goes on later. */
  static void keep(Tx tx, Vault vault, Outcome outcome) {
    addAttempt(tx, vault, outcome.row(), attempt(outcome));
    addLog(tx, vault, outcome.row(), outcome.log());
  }

  static void addAttempt(Tx tx, Vault vault, TaskRow row, Attempt attempt) {
    long key = row.key();
    // Recovery looks for what it has written itself.
    boolean own = attempt.outcome() == Transition.Event.INTERRUPTED;
    tx.update(
        ADD_ATTEMPT,
        key,
        attempt.startedAt().toEpochMilli(),
        attempt.endedAt().toEpochMilli(),
        attempt.number(),
        attempt.outcome().name(),
        own ? attempt.error() : vault.sealIfAny(row.type(), key, Vault.ATTEMPT, attempt.error()));
  }

  static void addLog(Tx tx, Vault vault, TaskRow row, List<LogEntry> lines) {
    long key = row.key();
    var rows = new ArrayList<@Nullable Object[]>(lines.size());
    for (LogEntry line : lines) {
      String text = vault.sealIf(row.type(), key, Vault.line(line.at()), line.text());
      rows.add(new Object[] {key, line.at(), line.level().name(), text});
    }
    tx.batch(ADD_LOG, rows);
  }

  /** Takes the rows of a task that is over into one text, or null if there is nothing to tell. */
  static @Nullable String fold(Tx tx, Vault vault, Outcome outcome, TaskState to) {
    long key = outcome.row().key();
    Trail before =
        outcome.details() ? load(tx, vault, key) : new Trail(List.of(), List.of(), List.of());
    var attempts = new ArrayList<>(before.attempts());
    if (outcome.startedAt() != 0) {
      attempts.add(attempt(outcome));
    }
    var log = new TreeMap<Instant, LogLine>();
    before.log().forEach(line -> log.put(line.at(), line));
    outcome.log().forEach(entry -> log.put(entry.line().at(), entry.line()));
    if (outcome.details()) {
      tx.update(DROP_ATTEMPTS, key);
      tx.update(DROP_LOG, key);
      if (to == TaskState.SUCCEEDED) {
        tx.update(DROP_STEPS, key);
      }
    }
    if (attempts.isEmpty() && before.steps().isEmpty() && log.isEmpty()) {
      return null;
    }
    int from = Math.max(0, attempts.size() - KEPT_ATTEMPTS);
    var kept =
        new Trail(
            attempts.subList(from, attempts.size()),
            bounded(before.steps()),
            lastOf(List.copyOf(log.values())));
    return vault.sealIf(
        outcome.row().type(), key, Vault.TRAIL, Json.MAPPER.writeValueAsString(kept));
  }

  private static List<Step> bounded(List<Step> steps) {
    var kept = new ArrayList<Step>(steps.size());
    int size = 0;
    for (Step step : steps) {
      JsonNode result = step.result();
      int length = result == null ? 0 : result.toString().length();
      size += length;
      kept.add(size <= KEPT ? step : new Step(step.name(), step.startedAt(), step.endedAt(), null));
    }
    return kept;
  }

  private static List<LogLine> lastOf(List<LogLine> log) {
    int from = log.size();
    int size = 0;
    while (from > 0 && size <= KEPT) {
      size += log.get(--from).text().length() + 60;
    }
    return log.subList(from, log.size());
  }

  /** The rows of an unfinished task; what does not open stays as it is stored. */
  static Trail load(Snapshot view, Vault vault, long key) {
    List<Attempt> attempts =
        view.query(
            ATTEMPTS,
            row ->
                new Attempt(
                    row.getInt(1),
                    Instant.ofEpochMilli(row.getLong(2)),
                    Instant.ofEpochMilli(row.getLong(3)),
                    Transition.Event.valueOf(row.getString(4)),
                    vault.openOrKeep(key, Vault.ATTEMPT, row.getString(5))),
            key);
    List<Step> steps =
        view.query(
            STEPS,
            row ->
                new Step(
                    row.getString(1),
                    Instant.ofEpochMilli(row.getLong(2)),
                    Instant.ofEpochMilli(row.getLong(3)),
                    tree(vault.openOrKeep(key, Vault.step(row.getString(1)), row.getString(4)))),
            key);
    List<LogLine> log =
        view.query(
            LOG,
            row ->
                new LogEntry(
                        row.getLong(1),
                        LogLine.Level.valueOf(row.getString(2)),
                        String.valueOf(
                            vault.openOrKeep(key, Vault.line(row.getLong(1)), row.getString(3))))
                    .line(),
            key);
    return new Trail(attempts, steps, log);
  }

  private static @Nullable JsonNode tree(@Nullable String json) {
    return json != null && Vault.isSealed(json) ? StringNode.valueOf(json) : Json.tree(json);
  }

  /** As people may see it: what does not open says why. */
  static Trail shown(Trail trail, Vault vault, Redaction redaction, long key) {
    return new Trail(
        trail.attempts().stream()
            .map(attempt ->
                new Attempt(
                    attempt.number(),
                    attempt.startedAt(),
                    attempt.endedAt(),
                    attempt.outcome(),
                    vault.shown(key, Vault.ATTEMPT, attempt.error())))
            .toList(),
        trail.steps().stream()
            .map(step ->
                new Step(
                    step.name(),
                    step.startedAt(),
                    step.endedAt(),
                    shown(step, vault, redaction, key)))
            .toList(),
        trail.log().stream()
            .map(line ->
                new LogLine(
                    line.at(),
                    line.level(),
                    String.valueOf(
                        vault.shown(key, Vault.line(LogEntry.micros(line.at())), line.text()))))
            .toList());
  }

  private static @Nullable JsonNode shown(Step step, Vault vault, Redaction redaction, long key) {
    JsonNode result = step.result();
    String stored = result == null ? null : result.asString("");
    return Vault.isSealed(stored)
        ? StringNode.valueOf(vault.shown(key, Vault.step(step.name()), stored))
        : redaction.shownOrNull(result);
  }

  /** Puts attempts and log of a task back into rows: it is driven again. */
  static void unfold(Tx tx, Vault vault, TaskRow row, String stored) {
    Trail trail = parse(vault.open(row.key(), Vault.TRAIL, stored));
    trail.attempts().forEach(attempt -> addAttempt(tx, vault, row, attempt));
    var lines = new ArrayList<LogEntry>();
    for (LogLine line : trail.log()) {
      lines.add(new LogEntry(LogEntry.micros(line.at()), line.level(), line.text()));
    }
    addLog(tx, vault, row, lines);
  }

  static Trail parse(@Nullable String json) {
    return json == null
        ? new Trail(List.of(), List.of(), List.of())
        : Json.MAPPER.readValue(json, Trail.class);
  }

  /** Drops the rows of a task that leaves history. */
  static void dropSteps(Tx tx, long key) {
    tx.update(DROP_STEPS, key);
  }

  static Trail merged(Trail stored, List<LogEntry> unwritten) {
    var log = new ArrayList<>(stored.log());
    for (LogEntry entry : unwritten) {
      LogLine line = entry.line();
      if (!log.contains(line)) {
        log.add(line);
      }
    }
    log.sort(Comparator.comparing(LogLine::at));
    return new Trail(stored.attempts(), stored.steps(), log);
  }

  private static Attempt attempt(Outcome outcome) {
    String trace = outcome.trace();
    return new Attempt(
        outcome.attempt(),
        Instant.ofEpochMilli(outcome.startedAt()),
        Instant.ofEpochMilli(outcome.endedAt()),
        outcome.event(),
        trace == null ? null : Texts.shortened(trace, Limits.ERROR));
  }
}
