package dev.millrace.tasks;

import dev.millrace.tasks.schedule.Cron;
import dev.millrace.tasks.schedule.Interval;
import dev.millrace.tasks.schedule.Misfire;
import dev.millrace.tasks.schedule.Moment;
import dev.millrace.tasks.schedule.Overlap;
import dev.millrace.tasks.schedule.Timing;
import dev.millrace.tasks.schedule.TimingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Which task is submitted when. Immutable.
 *
 * <pre>{@code
 * Schedule.of("report.daily", "report.build", input, Schedule.cron("0 7 * * MON-FRI"))
 *     .in(Schedule.zone("Europe/Berlin"))
 *     .withMisfire(Misfire.ONCE)
 *     .withOverlap(Overlap.SKIP)
 * }</pre>
 *
 * @param name unique; letters, digits, dots, dashes, underscores
 * @param type name of a registered task type
 * @param input as JSON; must fit the type's input record
 * @param zone whose clocks a cron rule means
 * @param misfire what becomes of times that passed while the process was down
 * @param overlap what happens while the run before is not over
 * @param jitter up to how much later than due it starts, drawn each time anew; 0 to 1 hour
 * @param options of each task, without delay, runAt, uniqueKey, after and chain; its expiry counts
 *     from when the task is made
 */
public record Schedule(
    String name,
    String type,
    JsonNode input,
    Timing timing,
    ZoneId zone,
    Misfire misfire,
    Overlap overlap,
    Duration jitter,
    SubmitOptions options) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,49}");
  private static final Duration LONGEST_JITTER = Duration.ofHours(1);

  /**
   * Checks every field.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_OPTION}
   */
  public Schedule {
    if (!NAME.matcher(name).matches()) {
      throw Limits.option(
          "name", name, "Use up to 50 letters, digits, dots, dashes and underscores.");
    }
    if (jitter.isNegative() || jitter.compareTo(LONGEST_JITTER) > 0) {
      throw Limits.option("jitter", jitter, "Use PT0S to " + LONGEST_JITTER + ".");
    }
    if (options.tags().size() >= Limits.TAGS) {
      throw Limits.option(
          "tags", options.tags().size(), "Use up to " + (Limits.TAGS - 1) + "; one is added.");
    }
    if (options.delay() != null
        || options.runAt() != null
        || options.uniqueKey() != null
        || !options.after().isEmpty()
        || options.chain() != null) {
      throw Limits.option(
          "options",
          "delay, runAt, uniqueKey, after or chain",
          "The schedule says when its tasks run; leave these out.");
    }
  }

  /** In UTC; times that passed are left out but for one, runs do not overlap, no jitter. */
  public static Schedule of(String name, String type, JsonNode input, Timing timing) {
    return new Schedule(
        name,
        type,
        input,
        timing,
        ZoneId.of("UTC"), // An offset of zero would be told as Z.
        Misfire.ONCE,
        Overlap.SKIP,
        Duration.ZERO,
        SubmitOptions.defaults());
  }

  /**
   * A cron rule, see {@link Cron}.
   *
   * @throws TaskException naming field, value, place and remedy
   */
  public static Timing cron(String rule) {
    return refusing("cron", () -> Cron.parse(rule));
  }

  /**
   * Again and again with this distance, counted from when the schedule is made.
   *
   * @param interval 1 second to 10 years
   * @throws TaskException if it is out of range
   */
  public static Timing every(Duration interval) {
    return refusing("every", () -> new Interval(interval));
  }

  /** Once; a time in the past is due at once. */
  public static Timing once(Instant at) {
    return new Moment(at);
  }

  private static Timing refusing(String field, Supplier<Timing> made) {
    try {
      return made.get();
    } catch (TimingException refused) {
      String message = String.valueOf(refused.getMessage());
      throw TaskException.of(
          TaskException.Reason.INVALID_OPTION,
          field,
          message.substring(0, message.length() - refused.remedy().length() - 2),
          refused.remedy(),
          refused);
    }
  }

  /**
   * A time zone by its name, such as {@code Asia/Shanghai}, or an offset, such as {@code +08:00}.
   *
   * @throws TaskException if there is none of that name
   */
  public static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw Limits.option(
          "zone",
          name,
          "Use a name of the time zone database, such as Europe/Berlin, or an offset such as"
              + " +08:00.");
    }
  }

  public Schedule in(ZoneId zone) {
    return new Schedule(name, type, input, timing, zone, misfire, overlap, jitter, options);
  }

  public Schedule withInput(JsonNode input) {
    return new Schedule(name, type, input, timing, zone, misfire, overlap, jitter, options);
  }

  public Schedule withMisfire(Misfire misfire) {
    return new Schedule(name, type, input, timing, zone, misfire, overlap, jitter, options);
  }

  public Schedule withOverlap(Overlap overlap) {
    return new Schedule(name, type, input, timing, zone, misfire, overlap, jitter, options);
  }

  public Schedule withJitter(Duration jitter) {
    return new Schedule(name, type, input, timing, zone, misfire, overlap, jitter, options);
  }

  public Schedule withOptions(SubmitOptions options) {
    return new Schedule(name, type, input, timing, zone, misfire, overlap, jitter, options);
  }
}
