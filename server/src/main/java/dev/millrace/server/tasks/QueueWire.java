package dev.millrace.server.tasks;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.tasks.Limit;
import dev.millrace.tasks.QueueView;
import dev.millrace.tasks.TaskState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Queues as they are on the wire. */
final class QueueWire {
  private QueueWire() {}

  /** A queue. */
  public record QueueItem(
      String name,
      @Doc("Whether it starts nothing.") boolean paused,
      @Doc("How many of its tasks run at once, at most.") int concurrency,
      @Doc("Tasks in each state; of finished ones those still in history.")
          Map<String, Long> counts,
      @Doc("Limits of the whole queue that were set, by name.") List<QueueLimitItem> limits) {
    static QueueItem of(QueueView view) {
      Map<String, Long> counts = new TreeMap<>();
      for (TaskState state : TaskState.values()) {
        counts.put(state.word(), view.counts().getOrDefault(state, 0L));
      }
      List<QueueLimitItem> limits = view.limits().stream().map(QueueLimitItem::of).toList();
      return new QueueItem(view.name(), view.paused(), view.concurrency(), counts, limits);
    }
  }

  /** A limit of the whole queue. */
  public record QueueLimitItem(
      @Doc("The limit's name, as in /api/v1/limits.") String name,
      @Nullable Integer concurrency,
      @Nullable RateItem rate) {
    static QueueLimitItem of(Limit limit) {
      return new QueueLimitItem(limit.name(), limit.concurrency(), RateItem.of(limit.rate()));
    }
  }

  /** A new limit of a queue. */
  public record QueueLimit(
      @Doc("How many of its tasks run at once, at most.") @Range(min = 1, max = 4096)
          int concurrency) {}
}
