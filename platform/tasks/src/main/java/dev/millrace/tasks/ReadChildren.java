package dev.millrace.tasks;

import dev.millrace.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Children read from history. Thread-safe. */
final class ReadChildren<O> implements Children<O> {
  private static final int PAGE = 500;

  private final Store store;
  private final Buckets buckets;
  private final BatchView batch;
  private final Class<O> output;
  private final Vault vault;

  ReadChildren(Store store, Buckets buckets, BatchView batch, Class<O> output, Vault vault) {
    this.vault = vault;
    this.store = store;
    this.buckets = buckets;
    this.batch = batch;
    this.output = output;
  }

  @Override
  public BatchView batch() {
    return batch;
  }

  @Override
  public void forEach(Consumer<Child<O>> child) {
    List<Bucket> tables = buckets.of(batch.id().key());
    if (tables.isEmpty()) {
      return;
    }
    String sql =
        tables.stream()
            .map(bucket ->
                "SELECT id, state, output, error FROM "
                    + bucket.table
                    + " WHERE batch = ?1 AND id > ?2")
            .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY id LIMIT " + PAGE));
    long from = 0;
    while (true) {
      long after = from;
      List<Child<O>> page =
          store.read(view -> view.query(sql, this::child, batch.id().key(), after));
      page.forEach(child);
      if (page.size() < PAGE) {
        return;
      }
      from = page.getLast().id().key();
    }
  }

  private Child<O> child(ResultSet row) throws SQLException {
    TaskState state = TaskState.parse(row.getString(2));
    long key = row.getLong(1);
    String json = vault.openAny(key, Vault.OUTPUT, row.getString(3));
    return new Child<>(
        new TaskId(key),
        state,
        json == null ? null : Json.MAPPER.readValue(json, output),
        state == TaskState.SUCCEEDED ? null : vault.shown(key, Vault.ERROR, row.getString(4)));
  }
}
