package dev.millrace.server.schedules;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.server.tasks.TaskProblems;
import dev.millrace.tasks.AfterOutcome;
import dev.millrace.tasks.Schedule;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.schedule.Misfire;
import dev.millrace.tasks.schedule.Overlap;
import dev.millrace.tasks.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a schedule is, as clients send it. */
public record ScheduleBody(
    @Doc("The name of a registered task type.") @Size(min = 1, max = 100) String type,
    @Doc("What the type takes; an empty object if it is left out.") @Nullable JsonNode input,
    @Doc(
            "A cron rule: [second] minute hour day-of-month month day-of-week, or @daily and its"
                + " like. Give exactly one of cron, every and at.")
        @Nullable
        @Size(min = 1, max = 256)
        String cron,
    @Doc("Again and again with this distance, PT1S or more.") @Nullable Duration every,
    @Doc("Once, at this time.") @Nullable Instant at,
    @Doc("The time zone that a cron rule means.") @Default("UTC") @Size(max = 100) String zone,
    @Doc("What becomes of times that passed while nothing could be started.") @Default("once")
        Misfire misfire,
    @Doc("What happens while the run before is not over.") @Default("skip") Overlap overlap,
    @Doc("Up to how much later than due it starts, drawn each time; at most PT1H.") @Default("PT0S")
        Duration jitter,
    @Doc("The queue of its tasks, if not the type's own.") @Nullable @Size(min = 1, max = 100)
        String queue,
    @Doc("0 urgent to 9 idle, if not the type's own.") @Nullable @Range(min = 0, max = 9)
        Integer priority,
    @Doc("Words to find its tasks by; 'schedule:<name>' is added.") @Default("[]") @Size(max = 19)
        List<String> tags,
    @Doc(
            "A task that has not been started so long after it was due is cancelled; as the type"
                + " says if it is left out.")
        @Nullable Duration expiry) {

  static final ScheduleBody EXAMPLE =
      new ScheduleBody(
          "sample.steps",
          JsonNodeFactory.instance.objectNode().put("steps", 3).put("ms", 200),
          "0 7 * * MON-FRI",
          null,
          null,
          "Europe/Berlin",
          Misfire.ONCE,
          Overlap.SKIP,
          Duration.ZERO,
          null,
          null,
          List.of("demo"),
          Duration.ofHours(6));

  Schedule schedule(String name) {
    return new Schedule(
        name,
        type,
        input == null ? JsonNodeFactory.instance.objectNode() : input,
        timing(),
        Schedule.zone(zone),
        misfire,
        overlap,
        jitter,
        new SubmitOptions(
            queue,
            priority,
            null,
            null,
            null,
            tags,
            null,
            null,
            null,
            List.of(),
            expiry,
            null,
            null,
            AfterOutcome.SUCCEEDED,
            null,
            null));
  }

  private Timing timing() {
    return timing(cron, every, at);
  }

  /** The one that is given; exactly one must be. */
  static Timing timing(@Nullable String cron, @Nullable Duration every, @Nullable Instant at) {
    if (cron != null && every == null && at == null) {
      return Schedule.cron(cron);
    }
    if (every != null && cron == null && at == null) {
      return Schedule.every(every);
    }
    if (at != null && cron == null && every == null) {
      return Schedule.once(at);
    }
    throw TaskProblems.OPTION_INVALID.because("Give exactly one of cron, every and at.", List.of());
  }
}
