package dev.millrace.tasks;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks stand in their queues: smaller ranks go first. Thread-safe.
 *
 * <p>In a queue that takes the newest first the time runs backwards, mirrored at a day in the past.
 * So all its ranks are smaller than those of any queue that takes the oldest first, and no task has
 * to be ranked anew when the order changes: what waits keeps its order, behind all that comes when
 * the newest go first, and before it when the oldest do.
 */
final class Ranks {
  /** Twice 2020-01-01 in Unix ms; the ranks are positive until 2070. */
  private static final long MIRROR = 2 * 1_577_836_800_000L;

  private final long ageingMillis;

  /** The last rank of each priority in the queues that take the newest first. */
  private volatile Map<String, long[]> newestFirst = Map.of();

  Ranks(long ageingMillis) {
    this.ageingMillis = ageingMillis;
  }

  /** Changes the order of a queue. Called by one thread at a time. */
  void order(String queue, QueueOrder order) {
    var changed = new HashMap<>(newestFirst);
    if (order == QueueOrder.FIFO) {
      changed.remove(queue);
    } else {
      changed.computeIfAbsent(queue, _ -> none());
    }
    newestFirst = Map.copyOf(changed);
  }

  private static long[] none() {
    var last = new long[10];
    java.util.Arrays.fill(last, Long.MAX_VALUE);
    return last;
  }

  QueueOrder order(String queue) {
    return newestFirst.containsKey(queue) ? QueueOrder.LIFO : QueueOrder.FIFO;
  }

  /**
   * The rank of a task that is ready from then on.
   *
   * @param atMillis in Unix ms
   */
  long of(String queue, int priority, long atMillis) {
    Map<String, long[]> mirrored = newestFirst;
    return mirrored.isEmpty() || !mirrored.containsKey(queue)
        ? TaskRow.rankOf(atMillis, priority, ageingMillis)
        : mirrored(priority, atMillis);
  }

  /** The rank of a task that comes now; of those of one millisecond the last one goes first. */
  long ofArrival(String queue, int priority, long nowMillis) {
    Map<String, long[]> mirrored = newestFirst;
    long @Nullable [] last = mirrored.isEmpty() ? null : mirrored.get(queue);
    if (last == null) {
      return TaskRow.rankOf(nowMillis, priority, ageingMillis);
    }
    synchronized (last) {
      last[priority] = Math.max(1, Math.min(mirrored(priority, nowMillis), last[priority] - 1));
      return last[priority];
    }
  }

  /** Takes note of a task that waits in the database at the start. */
  void seen(String queue, int priority, long rank) {
    long[] last = newestFirst.get(queue);
    if (last != null) {
      synchronized (last) {
        last[priority] = Math.min(last[priority], rank);
      }
    }
  }

  private long mirrored(int priority, long atMillis) {
    return Math.max(1, MIRROR - atMillis + priority * ageingMillis);
  }
}
