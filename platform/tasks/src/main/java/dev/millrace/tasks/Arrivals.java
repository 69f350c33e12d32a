package dev.millrace.tasks;

import dev.millrace.store.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that a commit adds, and the rows that are written with them, many in a statement. Used
 * on the writer's thread.
 */
final class Arrivals {
  private static final RowShape INSERT_PLAIN =
      new RowShape(
          6,
          "INSERT INTO tasks (id, type, queue, state, priority, rank, input) VALUES ",
          "(?, ?, ?, 'ready', ?, ?, ?)",
          "");
  private static final RowShape INSERT =
      new RowShape(
          15,
          "INSERT INTO tasks (id, type, queue, state, priority, rank, input, run_at, unique_key,"
              + " tags, tenant, subject, traceparent, batch, waits_for) VALUES ",
          "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          "");
  private static final RowShape TAG =
      new RowShape(
          2, "INSERT INTO task_tags (tag, task) VALUES ", "(?, ?)", " ON CONFLICT DO NOTHING");
  private static final String EXPIRE = "UPDATE tasks SET expires_at = ? WHERE id = ?";
  private static final String COST = "UPDATE tasks SET cost = ? WHERE id = ?";

  /** When to look at a task that expires, and which. */
  static final RowShape EXPIRY =
      new RowShape(
          2, "INSERT INTO task_expiries (at, task) VALUES ", "(?, ?)", " ON CONFLICT DO NOTHING");

  private static final String WAIT_FOR_TASKS =
      "UPDATE tasks SET waits_for = '" + Hold.FOR_TASKS + "', open = ? WHERE id = ?";

  private final Map<UniqueKey, TaskRow> uniqueKeys = new HashMap<>();
  private final Set<Long> keys = new HashSet<>();
  private final List<@Nullable Object> plain = new ArrayList<>();
  private final List<@Nullable Object> others = new ArrayList<>();
  private final List<@Nullable Object> tags = new ArrayList<>();
  private final List<@Nullable Object[]> waits = new ArrayList<>();
  private final List<@Nullable Object[]> expiries = new ArrayList<>();
  private final List<@Nullable Object[]> costs = new ArrayList<>();
  private final Map<RowShape, List<@Nullable Object>> rows = new LinkedHashMap<>();

  record UniqueKey(String key, String type) {}

  /** Takes note that the task of a unique key has changed, which the caller has written. */
  void changed(TaskRow row) {
    String unique = row.uniqueKey();
    if (unique != null) {
      uniqueKeys.put(new UniqueKey(unique, row.type()), row);
    }
  }

  /** The task with that unique key, if it is one of these. */
  @Nullable TaskRow findUnique(String key, String type) {
    return uniqueKeys.get(new UniqueKey(key, type));
  }

  boolean contains(long key) {
    return keys.contains(key);
  }

  void add(TaskRow row, @Nullable String waitsFor) {
    keys.add(row.key());
    String unique = row.uniqueKey();
    if (unique != null) {
      uniqueKeys.put(new UniqueKey(unique, row.type()), row);
    }
    boolean isPlain = row.isPlain();
    List<@Nullable Object> values = isPlain ? plain : others;
    values.add(row.key());
    values.add(row.type());
    values.add(row.queue());
    if (!isPlain) {
      values.add(row.state().word());
    }
    values.add(row.priority());
    values.add(row.rank());
    values.add(row.input());
    if (!isPlain) {
      addRest(values, row, waitsFor);
    }
  }

  private void addRest(List<@Nullable Object> values, TaskRow row, @Nullable String waitsFor) {
    values.add(row.runAt() == 0 ? null : row.runAt());
    values.add(row.uniqueKey());
    values.add(row.tags());
    values.add(row.tenant());
    values.add(row.subject());
    values.add(row.traceparent());
    values.add(row.batch() == 0 ? null : row.batch());
    values.add(waitsFor);
    if (row.expiresAt() != 0) {
      expiries.add(new Object[] {row.expiresAt(), row.key()});
      add(EXPIRY, row.expiresAt(), row.key());
    }
    if (row.cost() != 1) {
      costs.add(new Object[] {row.cost(), row.key()});
    }
    for (String tag : Json.tags(row.tags())) {
      tags.add(tag);
      tags.add(row.key());
    }
  }

  /** Has a task wait for that many others. */
  void waitFor(long key, int open) {
    waits.add(new Object[] {open, key});
  }

  /** Adds a row of another table. */
  void add(RowShape shape, @Nullable Object... values) {
    rows.computeIfAbsent(shape, _ -> new ArrayList<>()).addAll(Arrays.asList(values));
  }

  /** Writes what came since the last time. */
  void write(Tx tx) {
    INSERT_PLAIN.run(tx, plain);
    INSERT.run(tx, others);
    TAG.run(tx, tags);
    for (Map.Entry<RowShape, List<@Nullable Object>> entry : rows.entrySet()) {
      int _ = entry.getKey().run(tx, entry.getValue());
      entry.getValue().clear();
    }
    tx.batch(WAIT_FOR_TASKS, waits);
    tx.batch(EXPIRE, expiries);
    tx.batch(COST, costs);
    plain.clear();
    others.clear();
    tags.clear();
    waits.clear();
    expiries.clear();
    costs.clear();
  }
}
