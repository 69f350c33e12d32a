package dev.millrace.server.tasks;

import dev.millrace.http.schema.Doc;
import dev.millrace.tasks.PoolView;
import dev.millrace.tasks.WorkerView;
import java.time.Duration;
import java.util.List;

/** Pools as they are on the wire. */
public final class PoolWire {
  private PoolWire() {}

  /** A worker of the work-stealing pool. */
  public record WorkerItem(
      int number,
      @Doc("The share of time in which it ran tasks lately, 0 to 1.") double atWork,
      @Doc("How long it ran tasks in all.") Duration busy,
      @Doc("How many tasks it has started.") long started,
      @Doc("How many of its jobs it took from the queues of others.") long steals,
      @Doc("How many jobs wait in its own queue.") int depth) {
    static WorkerItem of(WorkerView view) {
      return new WorkerItem(
          view.number(), view.atWork(), view.busy(), view.started(), view.steals(), view.depth());
    }
  }

  /** What runs handlers of a kind. */
  public record PoolItem(
      @Doc("io or cpu.") String name,
      @Doc("How many tasks it can run at once.") int size,
      @Doc("How many handlers are at work.") int running,
      @Doc("How many tasks it has started since the process began.") long started,
      @Doc("The threads of cpu; none for io, where each task has its own.")
          List<WorkerItem> workers) {
    static final PoolItem EXAMPLE =
        of(
            new PoolView(
                "cpu",
                2,
                1,
                1_200,
                List.of(
                    new WorkerView(0, 0.87, Duration.ofSeconds(310), 650, 40, 3),
                    new WorkerView(1, 0.91, Duration.ofSeconds(305), 550, 25, 0))));

    static PoolItem of(PoolView view) {
      return new PoolItem(
          view.name(),
          view.size(),
          view.running(),
          view.started(),
          view.workers().stream().map(WorkerItem::of).toList());
    }
  }
}
