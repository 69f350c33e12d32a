package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The tables of history: one for each UTC day on which tasks finished. Thread-safe; what changes
 * tables runs on the writer's thread.
 */
final class Buckets {
  private static final String REMEMBER =
      "INSERT INTO task_buckets (day) VALUES (?) ON CONFLICT DO NOTHING";
  private static final String FORGET = "DELETE FROM task_buckets WHERE day = ?";
  private static final String LOAD = "SELECT day FROM task_buckets";
  private static final String HAS = "SELECT count(*) FROM pragma_table_info(?) WHERE name = ?";
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS {table} (
        id INTEGER PRIMARY KEY,
        type TEXT NOT NULL,
        queue TEXT NOT NULL,
        state TEXT NOT NULL,
        priority INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        crashes INTEGER NOT NULL DEFAULT 0,
        run_at INTEGER,
        started_at INTEGER,
        finished_at INTEGER NOT NULL,
        unique_key TEXT,
        tags TEXT,
        tenant TEXT,
        subject TEXT,
        traceparent TEXT,
        progress_done INTEGER,
        progress_total INTEGER,
        progress_message TEXT,
        error TEXT,
        input TEXT NOT NULL,
        output TEXT,
        trail TEXT,
        batch INTEGER,
        cost INTEGER
      )\
      """;
  private static final List<String> INDEXES =
      List.of(
          "CREATE INDEX IF NOT EXISTS {table}_type ON {table} (type)",
          "CREATE INDEX IF NOT EXISTS {table}_queue ON {table} (queue)",
          "CREATE INDEX IF NOT EXISTS {table}_failed ON {table} (state) WHERE state <>"
              + " 'succeeded'",
          "CREATE INDEX IF NOT EXISTS {table}_batch ON {table} (batch) WHERE batch IS NOT NULL");

  /** The tables by day, as numbers like 20261122. */
  private final ConcurrentSkipListMap<Integer, Bucket> byDay = new ConcurrentSkipListMap<>();

  private final Map<Long, Integer> days = new ConcurrentHashMap<>();

  void load(Snapshot view) {
    for (int day : view.query(LOAD, row -> row.getInt(1))) {
      byDay.put(day, new Bucket(day));
    }
  }

  /** Gives the tables of earlier versions the columns that came later. */
  void upgrade(Tx tx) {
    for (int day : tx.query(LOAD, row -> row.getInt(1))) {
      String table = new Bucket(day).table;
      if (tx.number(HAS, table, "batch") == 0) {
        tx.update("ALTER TABLE " + table + " ADD COLUMN batch INTEGER");
        tx.update(INDEXES.getLast().replace("{table}", table));
      }
      if (tx.number(HAS, table, "cost") == 0) {
        tx.update("ALTER TABLE " + table + " ADD COLUMN cost INTEGER");
      }
    }
  }

  /** Whether the table for tasks that finish at that time is there. */
  boolean has(long millis) {
    return byDay.containsKey(day(millis));
  }

  /**
   * The table for tasks that finished at that time, made if it is missing. Better is to make it
   * before the first of them: who looks for a task between the commit that makes its table and the
   * moment in which the table is known here does not find it.
   */
  Bucket at(Tx tx, long millis) {
    int day = day(millis);
    Bucket known = byDay.get(day);
    if (known != null) {
      return known;
    }
    Bucket made = new Bucket(day);
    tx.update(CREATE.replace("{table}", made.table));
    for (String index : INDEXES) {
      tx.update(index.replace("{table}", made.table));
    }
    tx.update(REMEMBER, day);
    tx.afterCommit(() -> byDay.putIfAbsent(day, made));
    return made;
  }

  /** All tables, the newest day first. */
  List<Bucket> newestFirst() {
    return new ArrayList<>(byDay.descendingMap().values());
  }

  /** The tables in which a task of that key can be, the likeliest first. */
  List<Bucket> of(long key) {
    return new ArrayList<>(byDay.tailMap(day(TaskId.millisOf(key)), true).values());
  }

  /** Drops an empty table. */
  void drop(Tx tx, Bucket bucket) {
    tx.update("DROP TABLE IF EXISTS " + bucket.table);
    tx.update(FORGET, bucket.day);
    tx.afterCommit(() -> byDay.remove(bucket.day));
  }

  private int day(long millis) {
    return days.computeIfAbsent(
        Math.floorDiv(millis, 86_400_000L),
        _ -> {
          LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
          return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
        });
  }
}
