package dev.millrace.apps.crew.executions;

import dev.millrace.http.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executions counted. */
@Doc("Executions counted.")
public record ExecutionSummary(
    @Doc("All of the time that was asked for.") long total,
    @Doc("Those that succeeded.") long succeeded,
    @Doc("Their mean length in seconds; null if there are none.") @Nullable Double meanSeconds,
    @Doc("How long half, 95 and 99 of 100 took at most; null if there are none.")
        @Nullable Lengths lengths,
    @Doc("How content their users are, 1 to 5; null if nobody said.")
        @Nullable Double meanSatisfaction,
    @Doc("By agent, the busiest first; at most 200.") List<Share> byAgent,
    @Doc("By template, the most used first; `roles` is the layout by roles.")
        List<Share> byTemplate,
    @Doc("By domain, the most frequent first.") List<Share> byDomain,
    @Doc("By day in UTC, oldest first.") List<Share> byDay) {

  /** Percentiles of how long executions took. */
  @Doc("Percentiles of how long executions took, in seconds.")
  public record Lengths(
      @Doc("Half took at most that.") double p50,
      @Doc("95 of 100 took at most that.") double p95,
      @Doc("99 of 100 took at most that.") double p99) {}

  /** How it went with one of a kind. */
  @Doc("How it went with one of a kind.")
  public record Share(
      @Doc("Its name; of a day, such as 2026-11-22.") String name,
      @Doc("Executions that it took part in.") long runs,
      @Doc("Those that succeeded.") long succeeded,
      @Doc("Their mean length in seconds.") double meanSeconds,
      @Doc("Its part of the time of all of its kind, 0 to 1.") double load) {}
}
