package dev.millrace.server.schedules;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.Schedule;
import dev.millrace.tasks.ScheduleView;
import dev.millrace.tasks.TaskId;
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

/** Schedules as they are on the wire. */
final class ScheduleWire {
  private ScheduleWire() {}

  /** A schedule to make. */
  public record NewSchedule(
      @Doc("Unique: letters, digits, dots, dashes and underscores.") @Size(min = 1, max = 50)
          String name,
      @Doc("What it is.") ScheduleBody schedule) {}

  /** Which page of the list. */
  public record ScheduleQuery(
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 200) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {}

  /** When something would be due. */
  public record TimesBody(
      @Doc("A cron rule. Give exactly one of cron, every and at.")
          @Nullable
          @Size(min = 1, max = 256)
          String cron,
      @Doc("Again and again with this distance, PT1S or more.") @Nullable Duration every,
      @Doc("Once, at this time.") @Nullable Instant at,
      @Doc("The time zone that a cron rule means.") @Default("UTC") @Size(max = 100) String zone,
      @Doc("How many times.") @Default("10") @Range(min = 1, max = 100) int count) {}

  /** How many times to come. */
  public record TimesQuery(
      @Doc("How many times.") @Default("10") @Range(min = 1, max = 100) int count) {}

  /** A schedule and how it stands. */
  public record ScheduleItem(
      String name,
      String type,
      JsonNode input,
      @Nullable String cron,
      @Nullable Duration every,
      @Nullable Instant at,
      String zone,
      Misfire misfire,
      Overlap overlap,
      Duration jitter,
      @Nullable String queue,
      @Nullable Integer priority,
      List<String> tags,
      @Doc("How long after it was due a task may be started; as the type says if null.")
          @Nullable Duration expiry,
      @Doc("Who declares it in code; null if people made it.") @Nullable String owner,
      boolean paused,
      @Doc("When it is due next; null if paused or never again.") @Nullable Instant next,
      @Doc("The last time that it was due.") @Nullable Instant lastDue,
      @Doc("The id of the last task that it submitted.") @Nullable String lastTask,
      @Doc("How many tasks it submitted.") long started,
      @Doc("How many times were left out.") long skipped,
      @Doc("How many runs wait for the end of the one before.") int waiting,
      @Doc("Why the last time could not be started.") @Nullable String error,
      Instant createdAt) {
    static ScheduleItem of(ScheduleView view) {
      Schedule schedule = view.schedule();
      Timing timing = schedule.timing();
      TaskId last = view.lastTask();
      return new ScheduleItem(
          schedule.name(),
          schedule.type(),
          schedule.input(),
          timing instanceof Cron cron ? cron.toString() : null,
          timing instanceof Interval(Duration every) ? every : null,
          timing instanceof Moment(Instant at) ? at : null,
          schedule.zone().getId(),
          schedule.misfire(),
          schedule.overlap(),
          schedule.jitter(),
          schedule.options().queue(),
          schedule.options().priority(),
          schedule.options().tags(),
          schedule.options().expiry(),
          view.owner(),
          view.paused(),
          view.next(),
          view.lastDue(),
          last == null ? null : last.toString(),
          view.started(),
          view.skipped(),
          view.waiting(),
          view.error(),
          view.createdAt());
    }
  }

  /** The answer to a run that was asked for. */
  public record Started(
      @Doc("The task's id.") String id, @Doc("Where to look how it goes.") String statusUrl) {}
}
