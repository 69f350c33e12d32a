package dev.millrace.server.tasks;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.tasks.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How often tasks start, on the wire. */
public record RateItem(
    @Doc("How many start in that time, and at once after a pause.") @Range(min = 1, max = 1_000_000)
        int count,
    @Doc("In how much time, PT0.001S to P366D.") Duration per) {
  /** Of a rate, or of none. */
  public static @Nullable RateItem of(@Nullable Rate rate) {
    return rate == null ? null : new RateItem(rate.count(), rate.per());
  }
}
