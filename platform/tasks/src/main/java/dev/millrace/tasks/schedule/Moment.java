package dev.millrace.tasks.schedule;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Due once. */
public record Moment(Instant at) implements Timing {
  @Override
  public @Nullable Instant next(Instant after, ZoneId zone, Instant start) {
    return at.isAfter(after) ? at : null;
  }
}
