package dev.millrace.apps.draft.records;

import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Drafts that were asked for together. Thread-safe.
 *
 * <p>The tasks of a batch are made by the thousand in commits of their own, so a task may run
 * before its draft is written. What it needs is written before as a pending draft, and whichever
 * comes first, the batch or the task, makes a draft of it.
 */
public final class BatchRecords {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String INSERT_PENDING =
      """
      INSERT INTO draft_pending (name, title, draft_id, rule_group, rule_group_version, origin,
        items, recipe, created_us)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String PENDING =
      """
      SELECT title, draft_id, rule_group, rule_group_version, origin, items, recipe, created_us
      FROM draft_pending WHERE name = ?\
      """;
  private static final String DROP_PENDING = "DELETE FROM draft_pending WHERE name = ?";
  private static final String DROP_OLD = "DELETE FROM draft_pending WHERE created_us < ?";
  private static final String INSERT_BATCH =
      """
      INSERT INTO draft_batches (batch_key, name, recipes, refused, created_ms)
      VALUES (?, ?, ?, ?, ?)\
      """;
  private static final String COLUMNS =
      "SELECT batch_key, name, recipes, refused, created_ms FROM draft_batches ";

  /** Rows of one transaction, so that no write holds the writer for long. */
  private static final int AT_ONCE = 200;

  private final Store store;
  private final DraftRecords records;

  public BatchRecords(Store store, DraftRecords records) {
    this.store = store;
    this.records = records;
  }

  /** A draft that waits for its task. */
  public record Pending(
      String name,
      String title,
      String draftId,
      String ruleGroup,
      int ruleGroupVersion,
      int items,
      String recipe,
      Instant createdAt) {}

  /**
   * A recipe that was refused.
   *
   * @param index its place in the request, from 0
   */
  public record Refused(int index, List<Fault> errors) {
    public Refused {
      errors = List.copyOf(errors);
    }
  }

  /**
   * A batch as it was taken.
   *
   * @param recipes how many were sent
   */
  public record BatchRow(
      BatchId id, String name, int recipes, List<Refused> refused, Instant createdAt) {
    public BatchRow {
      refused = List.copyOf(refused);
    }
  }

  /** Writes what the tasks of a batch will need, and which recipes were refused. */
  public void add(BatchRow batch, List<Pending> drafts) {
    store.write(tx ->
        tx.update(
            INSERT_BATCH,
            batch.id().key(),
            batch.name(),
            batch.recipes(),
            JSON.writeValueAsString(batch.refused()),
            batch.createdAt().toEpochMilli()));
    for (int from = 0; from < drafts.size(); from += AT_ONCE) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (Pending draft : drafts.subList(from, Math.min(drafts.size(), from + AT_ONCE))) {
        rows.add(
            new @Nullable Object[] {
              draft.name(),
              draft.title(),
              draft.draftId(),
              draft.ruleGroup(),
              draft.ruleGroupVersion(),
              batch.id().toString(),
              draft.items(),
              draft.recipe(),
              ChronoUnit.MICROS.between(Instant.EPOCH, draft.createdAt())
            });
      }
      store.write(tx -> tx.batch(INSERT_PENDING, rows));
    }
  }

  /** Makes drafts of pending ones; nothing happens to those that are drafts already. */
  public void adopt(List<String> names, List<TaskId> tasks) {
    for (int from = 0; from < names.size(); from += AT_ONCE) {
      int start = from;
      int end = Math.min(names.size(), from + AT_ONCE);
      store.write(tx -> {
        for (int i = start; i < end; i++) {
          adopt(tx, names.get(i), tasks.get(i));
        }
      });
    }
  }

  /** Makes a draft of a pending one for the task that is about to build it. */
  public void adopt(String name, TaskId task) {
    store.write(tx -> adopt(tx, name, task));
  }

  private void adopt(Tx tx, String name, TaskId task) {
    Origin pending = tx.find(PENDING, BatchRecords::pending, name).orElse(null);
    if (pending == null) {
      return;
    }
    records.add(
        tx,
        task,
        name,
        pending.title,
        pending.draftId,
        pending.createdAt,
        pending.items,
        pending.recipe,
        pending.birth);
    tx.update(DROP_PENDING, name);
  }

  /** Forgets drafts whose tasks were never made, because the process ended before. */
  public int dropPendingBefore(Instant at) {
    return store
        .compute(tx -> tx.update(DROP_OLD, ChronoUnit.MICROS.between(Instant.EPOCH, at)))
        .value();
  }

  /** The batch of this id. */
  public Optional<BatchRow> find(BatchId id) {
    return store.read(
        snapshot -> snapshot.find(COLUMNS + "WHERE batch_key = ?", BatchRecords::row, id.key()));
  }

  /** Up to {@code limit} batches older than this key, newest first. */
  public List<BatchRow> page(long before, int limit) {
    return store.read(snapshot ->
        snapshot.query(
            COLUMNS + "WHERE batch_key < ? ORDER BY batch_key DESC LIMIT ?",
            BatchRecords::row,
            before,
            limit));
  }

  private record Origin(
      String title,
      String draftId,
      int items,
      String recipe,
      Instant createdAt,
      Generation.Birth birth) {}

  private static Origin pending(ResultSet row) throws SQLException {
    return new Origin(
        row.getString(1),
        row.getString(2),
        row.getInt(6),
        row.getString(7),
        Instant.EPOCH.plus(row.getLong(8), ChronoUnit.MICROS),
        new Generation.Birth(
            Generation.Source.BATCH, row.getString(5), row.getString(3), row.getInt(4)));
  }

  private static BatchRow row(ResultSet row) throws SQLException {
    return new BatchRow(
        new BatchId(row.getLong(1)),
        row.getString(2),
        row.getInt(3),
        List.of(JSON.readValue(row.getString(4), Refused[].class)),
        Instant.ofEpochMilli(row.getLong(5)));
  }
}
