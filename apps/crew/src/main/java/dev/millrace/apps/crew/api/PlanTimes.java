package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.executions.TimeSummary;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** How long the newest plans took that clients asked for. Thread-safe. */
final class PlanTimes {
  private static final int KEPT = 1_000;
  private static final double NANOS = 1e9;

  private final AtomicLongArray nanos = new AtomicLongArray(KEPT);
  private final AtomicLong made = new AtomicLong();

  void add(long took) {
    nanos.set((int) (made.getAndIncrement() % KEPT), Math.max(0, took));
  }

  /** Their percentiles; null before the first. */
  TimeSummary.@Nullable Times times() {
    long all = made.get();
    if (all == 0) {
      return null;
    }
    long[] sorted = new long[(int) Math.min(KEPT, all)];
    Arrays.setAll(sorted, nanos::get);
    Arrays.sort(sorted);
    return new TimeSummary.Times(
        "plan",
        all,
        share(sorted, 50),
        share(sorted, 95),
        share(sorted, 99),
        seconds(sorted[sorted.length - 1]));
  }

  private static double share(long[] sorted, int percent) {
    return seconds(sorted[(sorted.length * percent + 99) / 100 - 1]);
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / 1e3) * 1e3 / NANOS;
  }
}
