package dev.millrace.server.limits;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.TenantView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tenants as they are on the wire. */
public final class TenantWire {
  private TenantWire() {}

  /** Which page of the list. */
  public record TenantQuery(
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 200) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {}

  /** A new weight. */
  public record Weight(
      @Doc("How many starts it gets for one of a tenant of weight 1.") @Range(min = 1, max = 1000)
          int weight,
      @Doc("In this queue only; in all that have no weight of their own if it is left out.")
          @Nullable
          @Size(max = 64)
          String queue) {}

  /** Where. */
  public record Where(
      @Doc("In this queue only; in all if it is left out.") @Nullable @Size(min = 1, max = 64)
          String queue) {}

  /** How many of its tasks may wait. */
  public record Bound(
      @Doc("In all queues together, whatever they wait for.") @Range(min = 1, max = 1_000_000_000)
          long tasks) {}

  /** A tenant and how it stands. */
  public record TenantItem(
      String name,
      @Doc("In queues that have no weight of their own for it.") int weight,
      @Doc("Weights by queue.") Map<String, Integer> queueWeights,
      @Doc("The queues in which it has ready tasks.") List<String> waitsIn,
      @Doc("How many of its tasks run.") long running,
      @Doc("Whether it starts nothing, in any queue.") boolean paused,
      @Doc("The queues in which it starts nothing.") List<String> pausedIn,
      @Doc("How many of its tasks may wait; null for any number.") @Nullable Long most,
      @Doc("How many wait, whatever they wait for; null where that is not bounded.")
          @Nullable Long waiting) {
    static final TenantItem EXAMPLE =
        new TenantItem(
            "acme",
            3,
            Map.of("reports", 1),
            List.of("default"),
            12,
            false,
            List.of("mails"),
            10_000L,
            840L);

    static TenantItem of(TenantView view) {
      return new TenantItem(
          view.name(),
          view.weight(),
          view.queueWeights(),
          view.waitsIn(),
          view.running(),
          view.paused(),
          view.pausedIn(),
          view.most(),
          view.waiting());
    }
  }
}
