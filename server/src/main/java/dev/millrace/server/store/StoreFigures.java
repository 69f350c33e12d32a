package dev.millrace.server.store;

import dev.millrace.http.schema.Doc;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The figures that the store's writer and readers keep in the registry. */
final class StoreFigures {
  private StoreFigures() {}

  /** The writer. */
  public record WriterItem(
      @Doc("Writes that wait.") long queued,
      @Doc("Commits since the start.") long commits,
      @Doc("Writes that shared a commit, on average.") @Nullable Double group,
      @Doc("From the begin of a commit until it is durable, on average, in milliseconds.")
          @Nullable Double commitMs,
      @Doc("The longest of the last minutes, in milliseconds.") @Nullable Double longestCommitMs,
      @Doc("Writes that were rolled back.") long failures) {
    static WriterItem of(MeterRegistry meters) {
      Timer commit = meters.find("millrace.store.commit").timer();
      DistributionSummary group = meters.find("millrace.store.group").summary();
      Counter failures = meters.find("millrace.store.write.failures").counter();
      return new WriterItem(
          gauge(meters, "millrace.store.queue"),
          commit == null ? 0 : commit.count(),
          group == null || group.count() == 0 ? null : group.mean(),
          commit == null || commit.count() == 0 ? null : commit.mean(TimeUnit.MILLISECONDS),
          commit == null || commit.count() == 0 ? null : commit.max(TimeUnit.MILLISECONDS),
          failures == null ? 0 : (long) failures.count());
    }
  }

  /** The readers. */
  public record ReadersItem(
      @Doc("Reads under way.") long busy, @Doc("Reads that wait.") long queued) {
    static ReadersItem of(MeterRegistry meters) {
      return new ReadersItem(
          gauge(meters, "millrace.store.readers.busy"),
          gauge(meters, "millrace.store.readers.queue"));
    }
  }

  private static long gauge(MeterRegistry meters, String name) {
    Gauge gauge = meters.find(name).gauge();
    return gauge == null || Double.isNaN(gauge.value()) ? 0 : Math.round(gauge.value());
  }
}
