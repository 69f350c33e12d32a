package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many tasks of each queue are in each state of the database, in which a running task is still
 * ready. The table changes in the commits that change the tasks, memory after them, so neither ever
 * counts anew. Thread-safe.
 */
final class Counts {
  private static final String LOAD = "SELECT queue, state, amount FROM task_counts";
  private static final String ADD =
      "INSERT INTO task_counts (queue, state, amount) VALUES (?, ?, ?)"
          + " ON CONFLICT (queue, state) DO UPDATE SET amount = amount + excluded.amount";

  private final Map<String, Map<TaskState, AtomicLong>> byQueue = new ConcurrentSkipListMap<>();

  void load(Snapshot view) {
    byQueue.clear();
    view.forEach(
        LOAD, row -> add(row.getString(1), TaskState.parse(row.getString(2)), row.getLong(3)));
  }

  /** Writes what a commit changed. */
  static void write(Tx tx, Map<String, Map<TaskState, Long>> changes) {
    changes.forEach((queue, states) ->
        states.forEach((state, change) -> {
          if (change != 0) {
            tx.update(ADD, queue, state.word(), change);
          }
        }));
  }

  /** Takes over what a commit has written. */
  void add(Map<String, Map<TaskState, Long>> changes) {
    changes.forEach(
        (queue, states) -> states.forEach((state, change) -> add(queue, state, change)));
  }

  private void add(String queue, TaskState state, long change) {
    Map<TaskState, AtomicLong> states =
        byQueue.computeIfAbsent(queue, _ -> new ConcurrentHashMap<>());
    states.computeIfAbsent(state, _ -> new AtomicLong()).addAndGet(change);
  }

  Set<String> queues() {
    return byQueue.keySet();
  }

  long of(String queue, TaskState state) {
    Map<TaskState, AtomicLong> states = byQueue.get(queue);
    AtomicLong count = states == null ? null : states.get(state);
    return count == null ? 0 : count.get();
  }

  long finished() {
    long sum = 0;
    for (String queue : byQueue.keySet()) {
      for (TaskState state : TaskState.values()) {
        sum += state.finished() ? of(queue, state) : 0;
      }
    }
    return sum;
  }
}
