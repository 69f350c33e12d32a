package dev.millrace.server.tasks;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.tasks.Limit;
import dev.millrace.tasks.QueueOrder;
import dev.millrace.tasks.QueueView;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.adaptive.AutoState;
import dev.millrace.tasks.adaptive.LimitChange;
import java.time.Duration;
import java.time.Instant;
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
      @Doc("Which of its tasks go first, of those of one tenant and priority.") QueueOrder order,
      @Doc("How many of its tasks run at once, at most.") int concurrency,
      @Doc("Tasks in each state; of finished ones those still in history.")
          Map<String, Long> counts,
      @Doc("Limits of the whole queue that were set, by name.") List<QueueLimitItem> limits,
      @Doc("How the concurrency is found by itself; missing if it is a number.")
          @Nullable AutoItem auto,
      @Doc("How many run at once as memory stands; missing if memory holds nothing back.")
          @Nullable Integer memoryCap) {
    static QueueItem of(QueueView view) {
      Map<String, Long> counts = new TreeMap<>();
      for (TaskState state : TaskState.values()) {
        counts.put(state.word(), view.counts().getOrDefault(state, 0L));
      }
      List<QueueLimitItem> limits = view.limits().stream().map(QueueLimitItem::of).toList();
      return new QueueItem(
          view.name(),
          view.paused(),
          view.order(),
          view.concurrency(),
          counts,
          limits,
          AutoItem.of(view.auto()),
          view.memoryCap());
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

  /** How a concurrency is found by itself. */
  public record AutoItem(
      @Doc("The least it may be.") int min,
      @Doc("The most it may be.") int max,
      @Doc("How long a task takes when few run; missing before anything was measured.")
          @Nullable Duration unhindered,
      @Doc("How long a task takes now.") @Nullable Duration latest,
      @Doc("Its latest changes, newest first.") List<ChangeItem> changes) {
    private static final int SHOWN = 20;

    static @Nullable AutoItem of(@Nullable AutoState state) {
      return state == null
          ? null
          : new AutoItem(
              state.bounds().min(),
              state.bounds().max(),
              state.unhindered(),
              state.latest(),
              state.changes().stream().limit(SHOWN).map(ChangeItem::of).toList());
    }
  }

  /** A concurrency that went from one value to another. */
  public record ChangeItem(
      Instant at,
      int from,
      int to,
      @Doc(
              "room: tasks take no longer than when few run. slower: they do. failures: some ended"
                  + " by their time limit or by an overload. probe: to see how long one takes when"
                  + " few run.")
          String why) {
    static ChangeItem of(LimitChange change) {
      return new ChangeItem(change.at(), change.from(), change.to(), change.why().word());
    }
  }

  /** A new limit of a queue: a number, or found by itself. */
  public record QueueLimit(
      @Doc("How many of its tasks run at once, at most. Give this or auto.")
          @Nullable
          @Range(min = 1, max = 4096)
          Integer concurrency,
      @Doc("Have it found by itself, from how long tasks take and how they fail.")
          @Nullable AutoBody auto) {}

  /** Which tasks of a queue go first. */
  public record OrderBody(
      @Doc("fifo: the oldest go first. lifo: the newest do.") QueueOrder order) {}

  /** Between what it may lie. */
  public record AutoBody(
      @Default("1") @Range(min = 1, max = 4096) int min,
      @Default("512") @Range(min = 1, max = 4096) int max) {}
}
