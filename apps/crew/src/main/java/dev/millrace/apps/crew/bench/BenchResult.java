package dev.millrace.apps.crew.bench;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How fast plans were made. */
@Doc("How fast plans were made, in this process and without HTTP.")
public record BenchResult(
    @Doc("When it was measured.") Instant at,
    @Doc("Plans that were made.") int requests,
    @Doc("How many were made at the same time.") int users,
    @Doc("The template; null for a layout by roles.") @Nullable String template,
    @Doc("Half took at most so many milliseconds.") double p50,
    @Doc("95 of 100 took at most so many milliseconds.") double p95,
    @Doc("99 of 100 took at most so many milliseconds.") double p99,
    @Doc("The longest, in milliseconds.") double longest,
    @Doc("Plans in a second.") double rate,
    @Doc("Seconds that it all took.") double seconds,
    @Doc("Processors of the machine.") int processors) {

  /** From the lengths of each, in nanoseconds and sorted. */
  static BenchResult of(Instant at, BenchInput input, long[] sorted, long nanos, int processors) {
    return new BenchResult(
        at,
        sorted.length,
        input.users(),
        input.template(),
        millis(share(sorted, 50)),
        millis(share(sorted, 95)),
        millis(share(sorted, 99)),
        millis(sorted[sorted.length - 1]),
        Math.round(1e10 * sorted.length / Math.max(1, nanos)) / 10.0,
        Math.round(nanos / 1e6) / 1_000.0,
        processors);
  }

  /** The least length within which so many of a hundred were over. */
  private static long share(long[] sorted, int percent) {
    return sorted[(int) (((long) sorted.length * percent + 99) / 100) - 1];
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
