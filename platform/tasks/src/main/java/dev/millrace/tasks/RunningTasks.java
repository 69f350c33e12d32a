package dev.millrace.tasks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that were taken from their queues and whose outcome is not committed yet. In a process
 * that owns its database, memory is the authority on them. Thread-safe.
 */
final class RunningTasks {
  private final Map<Long, LiveRun> byKey = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> byQueue = new ConcurrentHashMap<>();

  /** Does nothing if that task runs already. */
  void add(LiveRun run) {
    if (byKey.putIfAbsent(run.row.key(), run) != null || run.parksAt != null) {
      return;
    }
    LongAdder counter = byQueue.get(run.row.queue());
    if (counter == null) {
      counter = byQueue.computeIfAbsent(run.row.queue(), _ -> new LongAdder());
    }
    counter.increment();
  }

  void remove(LiveRun run) {
    if (byKey.remove(run.row.key(), run) && run.parksAt == null) {
      LongAdder counter = byQueue.get(run.row.queue());
      if (counter != null) {
        counter.decrement();
      }
    }
  }

  @Nullable LiveRun find(long key) {
    return byKey.get(key);
  }

  boolean contains(long key) {
    return byKey.containsKey(key);
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  long count(String queue) {
    LongAdder counter = byQueue.get(queue);
    return counter == null ? 0 : counter.sum();
  }

  /** Those whose handlers are at work or about to start. */
  List<LiveRun> atWork() {
    return byKey.values().stream().filter(run -> run.parksAt == null).toList();
  }

  /** All, also those that are on their way to wait for a limit. */
  Collection<LiveRun> all() {
    return List.copyOf(byKey.values());
  }
}
