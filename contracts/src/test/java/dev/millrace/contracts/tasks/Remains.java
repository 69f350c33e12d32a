package dev.millrace.contracts.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.TaskId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a dead process left in the database, counted from the rows themselves.
 *
 * @param done state and output of finished tasks by id
 * @param types of finished tasks by id
 * @param steps of unfinished tasks that are finished, as {@code <id> <name>}
 * @param unfinished ids
 * @param counts what the database says of each queue and state, without zeros
 * @param counted the same, counted over history
 * @param batches total, succeeded and whether it is finished, by id
 * @param members finished tasks of each batch that succeeded
 * @param flows status by id
 * @param effects tasks that left a row by {@code finish}
 * @param followed tasks that a follower of the journal has seen succeed
 */
record Remains(
    Map<String, List<String>> done,
    Map<String, String> types,
    Set<String> steps,
    Set<String> unfinished,
    Map<String, Long> counts,
    Map<String, Long> counted,
    Map<String, List<Long>> batches,
    Map<String, Long> members,
    Map<String, String> flows,
    Set<String> effects,
    Set<String> followed) {

  static Remains of(Path folder) {
    try (var store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")))) {
      return store.<Remains, RuntimeException>read(Remains::read);
    }
  }

  private static Remains read(Snapshot view) {
    var done = new HashMap<String, List<String>>();
    var types = new HashMap<String, String>();
    var counted = new TreeMap<String, Long>();
    var members = new HashMap<String, Long>();
    for (int day : view.query("SELECT day FROM task_buckets", row -> row.getInt(1))) {
      view.forEach(
          "SELECT id, state, output, type, queue, batch FROM tasks_done_" + day,
          row -> {
            String id = id(row.getLong(1));
            var told = new ArrayList<String>();
            told.add(row.getString(2));
            told.add(row.getString(3));
            done.put(id, told);
            types.put(id, row.getString(4));
            counted.merge(row.getString(5) + " " + row.getString(2), 1L, Long::sum);
            long batch = row.getLong(6);
            if (batch != 0 && "succeeded".equals(row.getString(2))) {
              members.merge(new BatchId(batch).toString(), 1L, Long::sum);
            }
          });
    }
    var counts = new TreeMap<String, Long>();
    view.forEach(
        "SELECT queue, state, amount FROM task_counts WHERE amount <> 0",
        row -> counts.put(row.getString(1) + " " + row.getString(2), row.getLong(3)));
    var batches = new HashMap<String, List<Long>>();
    view.forEach(
        "SELECT id, total, succeeded, open, finished_at FROM task_batches",
        row ->
            batches.put(
                new BatchId(row.getLong(1)).toString(),
                List.of(
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5) == 0 ? 0L : 1L)));
    var flows = new HashMap<String, String>();
    view.forEach(
        "SELECT id, status FROM workflow_runs",
        row -> flows.put(id(row.getLong(1)), row.getString(2)));
    return new Remains(
        done,
        types,
        texts(view, "SELECT task, name FROM task_steps", true),
        texts(view, "SELECT id, '' FROM tasks", false),
        counts,
        counted,
        batches,
        members,
        flows,
        new HashSet<>(view.query("SELECT task FROM effects", row -> row.getString(1))),
        new HashSet<>(view.query("SELECT task FROM counted", row -> row.getString(1))));
  }

  private static Set<String> texts(Snapshot view, String sql, boolean named) {
    return new HashSet<>(
        view.query(sql, row -> id(row.getLong(1)) + (named ? " " + row.getString(2) : "")));
  }

  private static String id(long key) {
    return new TaskId(key).toString();
  }
}
