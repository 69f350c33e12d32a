package dev.millrace.apps.draft.records;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and deletes the records of how drafts came to be. Thread-safe. */
public final class GenerationRecords {
  private static final String COLUMNS =
      """
      SELECT task_key, name, title, rule_group, rule_group_version, source, origin, state,
        created_us, ended_ms, bytes, code FROM draft_generations \
      """;
  private static final String INSERT =
      """
      INSERT INTO draft_generations (task_key, name, title, rule_group, rule_group_version, source,
        origin, state, created_us, ended_ms, bytes, code)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?, NULL, 0, NULL)\
      """;
  private static final String WITHOUT_DRAFT =
      COLUMNS
          + "WHERE state <> 'open' AND ended_ms < ? AND task_key < ? AND task_key NOT IN"
          + " (SELECT task_key FROM draft_drafts) ORDER BY task_key DESC LIMIT ?";
  private static final String DELETE =
      """
      DELETE FROM draft_generations WHERE task_key = ?
        AND NOT EXISTS (SELECT 1 FROM draft_drafts d WHERE d.task_key = draft_generations.task_key)\
      """;
  private static final String DELETE_RECIPE = "DELETE FROM draft_recipes WHERE task_key = ?";

  private final Store store;

  public GenerationRecords(Store store) {
    this.store = store;
  }

  /**
   * Which records are wanted; null for any.
   *
   * @param text part of title or name
   * @param after made at or after this
   * @param before made before this
   */
  public record Filter(
      @Nullable String ruleGroup,
      @Nullable String state,
      Generation.@Nullable Source source,
      @Nullable String origin,
      @Nullable String text,
      @Nullable Instant after,
      @Nullable Instant before) {}

  static void add(
      Tx tx, TaskId task, String name, String title, long createdMicros, Generation.Birth birth) {
    tx.update(
        INSERT,
        task.key(),
        name,
        title,
        birth.ruleGroup(),
        birth.ruleGroupVersion(),
        birth.source().name().toLowerCase(Locale.ROOT),
        birth.origin(),
        createdMicros);
  }

  /** The record of the draft of this name, whether the draft is still there or not. */
  public Optional<Generation> find(String name) {
    return store.read(
        snapshot -> snapshot.find(COLUMNS + "WHERE name = ?", GenerationRecords::generation, name));
  }

  /** Up to {@code limit} records of tasks older than {@code beforeKey}, newest first. */
  public List<Generation> page(Filter filter, long beforeKey, int limit) {
    StringBuilder sql = new StringBuilder(COLUMNS).append("WHERE task_key < ?");
    List<@Nullable Object> values = new ArrayList<>();
    values.add(beforeKey);
    and(sql, values, " AND rule_group = ?", filter.ruleGroup());
    and(sql, values, " AND state = ?", filter.state());
    Generation.Source source = filter.source();
    and(
        sql,
        values,
        " AND source = ?",
        source == null ? null : source.name().toLowerCase(Locale.ROOT));
    and(sql, values, " AND origin = ?", filter.origin());
    and(sql, values, " AND created_us >= ?", micros(filter.after()));
    and(sql, values, " AND created_us < ?", micros(filter.before()));
    String text = filter.text();
    if (text != null) {
      sql.append(" AND (instr(title, ?) > 0 OR instr(name, ?) > 0)");
      values.add(text);
      values.add(text);
    }
    sql.append(" ORDER BY task_key DESC LIMIT ?");
    values.add(limit);
    String query = sql.toString();
    return store.read(
        snapshot -> snapshot.query(query, GenerationRecords::generation, values.toArray()));
  }

  /** Up to {@code limit} records that ended before a moment and whose drafts are gone. */
  public List<Generation> withoutDraft(Instant at, long beforeKey, int limit) {
    return store.read(snapshot ->
        snapshot.query(
            WITHOUT_DRAFT, GenerationRecords::generation, at.toEpochMilli(), beforeKey, limit));
  }

  /** Deletes the record and its recipe; false if its draft is still there. */
  public boolean delete(TaskId task) {
    return store
        .compute(tx -> {
          boolean deleted = tx.update(DELETE, task.key()) > 0;
          if (deleted) {
            tx.update(DELETE_RECIPE, task.key());
          }
          return deleted;
        })
        .value();
  }

  private static void and(
      StringBuilder sql, List<@Nullable Object> values, String condition, @Nullable Object value) {
    if (value != null) {
      sql.append(condition);
      values.add(value);
    }
  }

  private static @Nullable Long micros(@Nullable Instant at) {
    return at == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  static Generation generation(ResultSet row) throws SQLException {
    String state = row.getString(8);
    long ended = row.getLong(10);
    boolean open = row.wasNull();
    return new Generation(
        new TaskId(row.getLong(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getInt(5),
        Generation.Source.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
        row.getString(7),
        state.equals(DraftState.OPEN) ? null : DraftState.valueOf(state.toUpperCase(Locale.ROOT)),
        Instant.EPOCH.plus(row.getLong(9), ChronoUnit.MICROS),
        open ? null : Instant.ofEpochMilli(ended),
        row.getLong(11),
        row.getString(12));
  }
}
