package dev.millrace.tasks;

import dev.millrace.tasks.schedule.Cron;
import dev.millrace.tasks.schedule.Interval;
import dev.millrace.tasks.schedule.Misfire;
import dev.millrace.tasks.schedule.Moment;
import dev.millrace.tasks.schedule.Overlap;
import dev.millrace.tasks.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a schedule is, as JSON in its row. */
final class ScheduleJson {
  private record Stored(
      String name,
      String type,
      JsonNode input,
      @Nullable String cron,
      @Nullable String every,
      @Nullable String at,
      String zone,
      Misfire misfire,
      Overlap overlap,
      String jitter,
      @Nullable String queue,
      @Nullable Integer priority,
      List<String> tags,
      @Nullable String tenant,
      @Nullable String key,
      @Nullable String expiry,
      @Nullable Integer cost) {}

  private ScheduleJson() {}

  static String write(Schedule schedule) {
    Timing timing = schedule.timing();
    SubmitOptions options = schedule.options();
    return Json.MAPPER.writeValueAsString(
        new Stored(
            schedule.name(),
            schedule.type(),
            schedule.input(),
            timing instanceof Cron cron ? cron.toString() : null,
            timing instanceof Interval(Duration every) ? every.toString() : null,
            timing instanceof Moment(Instant at) ? at.toString() : null,
            schedule.zone().getId(),
            schedule.misfire(),
            schedule.overlap(),
            schedule.jitter().toString(),
            options.queue(),
            options.priority(),
            options.tags(),
            options.tenant(),
            options.key(),
            options.expiry() == null ? null : options.expiry().toString(),
            options.cost()));
  }

  static Schedule read(String json) {
    Stored stored = Json.MAPPER.readValue(json, Stored.class);
    return new Schedule(
        stored.name,
        stored.type,
        stored.input,
        timing(stored),
        Schedule.zone(stored.zone),
        stored.misfire,
        stored.overlap,
        Duration.parse(stored.jitter),
        new SubmitOptions(
            stored.queue,
            stored.priority,
            null,
            null,
            null,
            stored.tags,
            stored.tenant,
            stored.key,
            null,
            List.of(),
            stored.expiry == null ? null : Duration.parse(stored.expiry),
            null,
            stored.cost,
            AfterOutcome.SUCCEEDED,
            null,
            null));
  }

  private static Timing timing(Stored stored) {
    if (stored.cron != null) {
      return Cron.parse(stored.cron);
    }
    if (stored.every != null) {
      return new Interval(Duration.parse(stored.every));
    }
    if (stored.at != null) {
      return new Moment(Instant.parse(stored.at));
    }
    throw new IllegalStateException(stored.name + " is never due; this is a bug");
  }
}
