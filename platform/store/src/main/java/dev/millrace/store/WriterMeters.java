package dev.millrace.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What the writer counts. */
final class WriterMeters {
  private final DistributionSummary group;
  private final Timer commit;
  private final MeterRegistry meters;
  private final Counter failures;

  WriterMeters(MeterRegistry meters) {
    group =
        DistributionSummary.builder("millrace.store.group")
            .description("writes that shared a commit")
            .register(meters);
    commit =
        Timer.builder("millrace.store.commit")
            .description("from the begin of a transaction until it is durable")
            .register(meters);
    this.meters = meters;
    failures =
        Counter.builder("millrace.store.write.failures")
            .description("writes that were rolled back")
            .register(meters);
  }

  void committed(int works, long nanos) {
    group.record(works);
    commit.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Upkeep of the file kept the writer from writing. */
  Timer held(String upkeep) {
    return Timer.builder("millrace.store.held")
        .description("how long upkeep of the file kept the writer from writing")
        .tag("upkeep", upkeep)
        .register(meters);
  }

  void failed() {
    failures.increment();
  }
}
