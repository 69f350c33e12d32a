package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The vault as programs use it, and what rewrites its old values. Thread-safe.
 *
 * <p>Values are found on snapshots, and opened and sealed on the caller's thread; the writer only
 * replaces those that are still as they were read. What is sealed meanwhile is sealed with the
 * newest key anyhow.
 */
final class Resealing implements Sealing {
  /** Looks of one part: so many times {@link SealedTable#LOOK} rows. */
  private static final int LOOKS = 5;

  private static final int ROWS = 100;
  private static final long BYTES = 1 << 20;

  private final Store store;
  private final Vault vault;
  private final Buckets buckets;
  private final ScheduleStore schedules;

  Resealing(Store store, Vault vault, Buckets buckets, ScheduleStore schedules) {
    this.store = store;
    this.vault = vault;
    this.buckets = buckets;
    this.schedules = schedules;
  }

  @Override
  public List<String> keyIds() {
    return vault.keyIds();
  }

  @Override
  public String seal(String place, String text) {
    return vault.isOn() ? vault.seal(0, place, text) : text;
  }

  @Override
  public String open(String place, String stored) {
    return vault.open(0, place, stored);
  }

  @Override
  public boolean isFresh(String stored) {
    return vault.isOn() ? vault.isFresh(stored) : !Vault.isSealed(stored);
  }

  /** Where a part begins: a table, and the keys behind which it goes on. */
  record Place(String table, List<Object> behind) {}

  /** A row with something to rewrite. */
  private record Stale(List<Object> keys, long bytes) {}

  /** A value that has been sealed anew. */
  private record Renewed(SealedTable.Column column, List<Object> keys, String was, String is) {
    @Nullable Object[] args() {
      var args = new ArrayList<@Nullable Object>();
      args.add(is);
      args.addAll(keys);
      args.add(was);
      return args.toArray();
    }
  }

  /** What was counted so far. */
  private static final class Sum {
    private long tasks;
    private long values;
    private final Map<String, Long> closed = new TreeMap<>();
  }

  @Override
  public Rewritten rewrite(String from) throws InterruptedException {
    if (!vault.isOn()) {
      return new Rewritten(null, 0, 0, Map.of());
    }
    var sum = new Sum();
    Place next =
        rewrite(
            from.isEmpty() ? new Place("", List.of()) : Json.MAPPER.readValue(from, Place.class),
            sum);
    return new Rewritten(
        next == null ? null : Json.MAPPER.writeValueAsString(next),
        sum.tasks,
        sum.values,
        sum.closed);
  }

  /** The tables in their order, behind the schedules. */
  private List<SealedTable> tables() {
    var tables = new ArrayList<>(SealedTable.lasting());
    buckets.newestFirst().reversed().forEach(bucket -> tables.add(SealedTable.of(bucket)));
    return tables;
  }

  private @Nullable Place rewrite(Place from, Sum sum) throws InterruptedException {
    List<SealedTable> tables = tables();
    if (from.table.isEmpty()) {
      count(schedules.renew(), sum);
      return new Place(tables.getFirst().name, List.of());
    }
    int at = 0;
    while (at < tables.size() && !tables.get(at).name.equals(from.table)) {
      at++;
    }
    if (at == tables.size()) {
      // A day that has left history meanwhile; those before it have been looked through.
      return later(tables, from.table);
    }
    SealedTable table = tables.get(at);
    List<Object> behind = from.behind;
    for (int look = 0; look < LOOKS; look++) {
      List<Object> last = look(table, behind, sum);
      if (last == null) {
        return at + 1 < tables.size() ? new Place(tables.get(at + 1).name, List.of()) : null;
      }
      behind = last;
    }
    return new Place(table.name, behind);
  }

  private static @Nullable Place later(List<SealedTable> tables, String gone) {
    return tables.stream()
        .filter(table -> table.name.startsWith("tasks_done_") && table.name.compareTo(gone) > 0)
        .findFirst()
        .map(table -> new Place(table.name, List.of()))
        .orElse(null);
  }

  private static void count(Map<String, Long> renewed, Sum sum) {
    renewed.forEach((key, count) -> {
      if (key.isEmpty()) {
        sum.values += count;
      } else {
        sum.closed.merge(key, count, Long::sum);
      }
    });
  }

  /**
   * Rewrites what the next rows hold.
   *
   * @return the keys of the last row; null if the table ends there
   */
  private @Nullable List<Object> look(SealedTable table, List<Object> behind, Sum sum)
      throws InterruptedException {
    List<Stale> rows =
        store.read(view ->
            view.query(
                behind.isEmpty() ? table.first : table.next,
                row -> stale(table, row),
                table.looking(vault.freshMark(), behind).toArray()));
    var piece = new ArrayList<Stale>();
    long bytes = 0;
    for (Stale row : rows) {
      if (row.bytes == 0) {
        continue;
      }
      if (!piece.isEmpty() && (piece.size() == ROWS || bytes + row.bytes > BYTES)) {
        write(table, piece, sum);
        piece.clear();
        bytes = 0;
      }
      piece.add(row);
      bytes += row.bytes;
    }
    write(table, piece, sum);
    sum.tasks += table.tasks ? rows.size() : 0;
    return rows.size() < SealedTable.LOOK ? null : rows.getLast().keys;
  }

  private static Stale stale(SealedTable table, ResultSet row) throws SQLException {
    var keys = new ArrayList<Object>();
    for (int i = 1; i <= table.keys; i++) {
      keys.add(row.getObject(i));
    }
    return new Stale(keys, row.getLong(table.keys + 1));
  }

  private void write(SealedTable table, List<Stale> rows, Sum sum) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (rows.isEmpty()) {
      return;
    }
    List<Renewed> renewed =
        store.read(view -> {
          var all = new ArrayList<Renewed>();
          rows.forEach(row -> renew(view, table, row.keys, all, sum));
          return all;
        });
    if (!renewed.isEmpty()) {
      sum.values +=
          store
              .<Long, RuntimeException>compute(tx -> {
                long written = 0;
                for (Renewed value : renewed) {
                  written += tx.update(table.replace(value.column), value.args());
                }
                return written;
              })
              .value();
    }
  }

  private void renew(
      Snapshot view, SealedTable table, List<Object> keys, List<Renewed> all, Sum sum) {
    Optional<List<Optional<String>>> found =
        view.find(table.find, row -> values(table, row), keys.toArray());
    List<Optional<String>> values = found.orElse(List.of());
    for (int i = 0; i < values.size(); i++) {
      SealedTable.Column column = table.columns.get(i);
      String stored = values.get(i).orElse(null);
      if (stored == null || !vault.isStale(stored)) {
        continue;
      }
      try {
        long task = SealedTable.task(keys);
        String place = column.place().apply(keys);
        all.add(new Renewed(column, keys, stored, vault.renewed(task, place, stored)));
      } catch (SealedException _) {
        sum.closed.merge(Vault.keyOf(stored), 1L, Long::sum);
      }
    }
  }

  private static List<Optional<String>> values(SealedTable table, ResultSet row)
      throws SQLException {
    var values = new ArrayList<Optional<String>>();
    for (int i = 1; i <= table.columns.size(); i++) {
      values.add(Optional.ofNullable(row.getString(i)));
    }
    return values;
  }
}
