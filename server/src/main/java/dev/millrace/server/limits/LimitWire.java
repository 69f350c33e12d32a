package dev.millrace.server.limits;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.server.tasks.RateItem;
import dev.millrace.server.tasks.TaskProblems;
import dev.millrace.tasks.KeyLimit;
import dev.millrace.tasks.KeyLimitView;
import dev.millrace.tasks.Limit;
import dev.millrace.tasks.LimitView;
import dev.millrace.tasks.Rate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits as they are on the wire. */
public final class LimitWire {
  private LimitWire() {}

  /** What a limit is, as clients send it. */
  public record LimitBody(
      @Doc("The tasks of this queue; all queues if it is left out.") @Nullable @Size(max = 64)
          String queue,
      @Doc("The tasks of this type; all types if it is left out.") @Nullable @Size(max = 100)
          String type,
      @Doc("Whether each key of tasks has a limit of its own; tasks without a key have none then.")
          @Default("false")
          boolean perKey,
      @Doc(
              "Whether it holds for parts of handlers, which name it; not together with queue, type"
                  + " and perKey.")
          @Default("false")
          boolean parts,
      @Doc("How many run at once.") @Nullable @Range(min = 1, max = 16384) Integer concurrency,
      @Doc("How often they start. Give this, concurrency, or both.") @Nullable RateItem rate) {
    static final LimitBody EXAMPLE =
        new LimitBody(null, "crm.call", true, false, 2, new RateItem(100, Duration.ofMinutes(1)));

    Limit limit(String name) {
      if (parts == (queue != null || type != null || perKey)) {
        throw TaskProblems.OPTION_INVALID.because(
            parts
                ? "A limit of parts of handlers has no queue, type or perKey."
                : "Name a queue or a type, limit each key, or parts of handlers.",
            List.of());
      }
      RateItem given = rate;
      return new Limit(
          name,
          queue,
          type,
          perKey,
          concurrency,
          given == null ? null : new Rate(given.count(), given.per()));
    }
  }

  /** What holds for one key instead. */
  public record KeyBody(
      @Doc("The key of tasks.") @Size(min = 1, max = 100) String key,
      @Doc("How many of its tasks run at once; as the limit says if it is left out.")
          @Nullable
          @Range(min = 1, max = 16384)
          Integer concurrency,
      @Doc("How often they start; as the limit says if it is left out.") @Nullable RateItem rate) {
    static final KeyBody EXAMPLE = new KeyBody("example.com", 8, null);

    KeyLimit of(String limit) {
      RateItem given = rate;
      return new KeyLimit(
          limit, key, concurrency, given == null ? null : new Rate(given.count(), given.per()));
    }
  }

  /** Which key. */
  public record KeyQuery(@Doc("The key of tasks.") @Size(min = 1, max = 100) String key) {}

  /** Which page of the keys. */
  public record KeysQuery(
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 200) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {}

  /** A key with numbers of its own. */
  public record KeyItem(
      String key,
      @Doc("Null for what the limit says.") @Nullable Integer concurrency,
      @Doc("Null for what the limit says.") @Nullable RateItem rate,
      @Doc("How many of its tasks count for the limit now.") long running,
      @Doc("How many of its tasks wait for it, counted up to 10,000.") long waiting) {
    static final KeyItem EXAMPLE = of(new KeyLimitView(KeyBody.EXAMPLE.of("hosts"), 8, 31));

    static KeyItem of(KeyLimitView view) {
      return new KeyItem(
          view.limit().key(),
          view.limit().concurrency(),
          RateItem.of(view.limit().rate()),
          view.running(),
          view.waiting());
    }
  }

  /** A limit and how it stands. */
  public record LimitItem(
      String name,
      @Nullable String queue,
      @Nullable String type,
      boolean perKey,
      @Doc("Whether it holds for parts of handlers, which name it.") boolean parts,
      @Nullable Integer concurrency,
      @Nullable RateItem rate,
      @Doc("Whether code declares it and nobody has set another one in its place.")
          boolean declared,
      @Doc("How many tasks count for it now.") long running,
      @Doc("How many tasks wait for it, counted up to 10,000.") long waiting) {
    static final LimitItem EXAMPLE =
        of(new LimitView(LimitBody.EXAMPLE.limit("customers"), false, 7, 120));

    static LimitItem of(LimitView view) {
      Limit limit = view.limit();
      return new LimitItem(
          limit.name(),
          limit.queue(),
          limit.type(),
          limit.perKey(),
          limit.limitsParts(),
          limit.concurrency(),
          RateItem.of(limit.rate()),
          view.declared(),
          view.running(),
          view.waiting());
    }
  }
}
