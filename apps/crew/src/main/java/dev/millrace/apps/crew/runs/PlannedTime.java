package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.plan.Schedule;
import dev.millrace.http.schema.Doc;
import java.time.Duration;

/** When a stage was planned to be at work. */
@Doc("When a stage was planned to be at work, from the begin of the run on.")
public record PlannedTime(
    @Doc("When it was to begin.") Duration from, @Doc("When it was to be through.") Duration to) {
  private static final double MILLIS = 3_600_000;

  static PlannedTime of(Schedule.Span hours) {
    return new PlannedTime(duration(hours.from()), duration(hours.to()));
  }

  private static Duration duration(double hours) {
    return Duration.ofMillis(Math.round(hours * MILLIS));
  }
}
