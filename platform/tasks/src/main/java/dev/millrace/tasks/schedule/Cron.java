package dev.millrace.tasks.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cron rule: {@code [second] minute hour day-of-month month day-of-week}. Immutable.
 *
 * <p>Lists, ranges (also over the end, {@code FRI-MON}), steps, names, {@code L}, {@code L-3},
 * {@code LW}, {@code 15W}, {@code FRIL}, {@code MON#2}, {@code ?} for {@code *}, and {@code @daily}
 * with its siblings. Sunday is 0 and 7. If day of month and day of week are both given, either will
 * do, as in crontab(5).
 *
 * <p>When clocks change: a rule for every hour goes by the time that passes, so it knows neither
 * the hour that is left out nor a difference between the two that look alike. A rule for certain
 * hours is meant as people say it: what falls into the hour that is left out is due once at its
 * end, and in the hour that comes twice only the first one counts.
 */
public final class Cron implements Timing {
  private static final int YEARS = 100;
  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private final String text;
  private final long seconds;
  private final long minutes;
  private final long hours;
  private final long months;
  private final CronDays days;
  private final boolean everyHour;

  private Cron(String text, List<CronReader> fields) {
    this.text = text;
    seconds = fields.get(0).bits;
    minutes = fields.get(1).bits;
    hours = fields.get(2).bits;
    months = fields.get(4).bits;
    days = new CronDays(fields.get(3), fields.get(5));
    everyHour = hours == (1L << 24) - 1;
  }

  /**
   * Reads a rule.
   *
   * @throws TimingException naming field, value, place and remedy
   */
  public static Cron parse(String text) {
    String rule = text.strip();
    if (rule.startsWith("@")) {
      String meant = MACROS.get(rule.toLowerCase(Locale.ROOT));
      if (meant == null) {
        throw new TimingException(
            "cron",
            0,
            "'" + shortened(rule) + "'",
            "Use @yearly, @monthly, @weekly, @daily or @hourly.");
      }
      return new Cron(rule, CronText.read(meant));
    }
    Cron cron = new Cron(rule, CronText.read(rule));
    if (cron.nextLocal(LocalDateTime.of(2000, 1, 1, 0, 0)) == null) {
      throw new TimingException(
          "day of month",
          0,
          "'" + shortened(rule) + "', which never comes,",
          "Name a day that the month has.");
    }
    return cron;
  }

  private static String shortened(String rule) {
    return rule.length() > 40 ? rule.substring(0, 40) + "…" : rule;
  }

  @Override
  public @Nullable Instant next(Instant after, ZoneId zone, Instant start) {
    ZoneRules rules = zone.getRules();
    return everyHour ? byElapsedTime(after, rules) : byTheClock(after, rules);
  }

  private @Nullable Instant byTheClock(Instant after, ZoneRules rules) {
    LocalDateTime local = LocalDateTime.ofInstant(after, rules.getOffset(after));
    LocalDateTime candidate = nextLocal(ceiling(local));
    while (candidate != null) {
      Instant instant = instant(candidate, rules);
      if (instant.isAfter(after)) {
        return instant;
      }
      candidate = nextLocal(candidate.plusSeconds(1));
    }
    return null;
  }

  /** Of an hour that is left out its end, of one that comes twice the first. */
  private static Instant instant(LocalDateTime local, ZoneRules rules) {
    ZoneOffsetTransition change = rules.getTransition(local);
    if (change != null && change.isGap()) {
      return change.getInstant();
    }
    return local.toInstant(change == null ? rules.getOffset(local) : change.getOffsetBefore());
  }

  private @Nullable Instant byElapsedTime(Instant after, ZoneRules rules) {
    Instant from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Instant end = after.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
    while (from.isBefore(end)) {
      ZoneOffset offset = rules.getOffset(from);
      LocalDateTime candidate = nextLocal(LocalDateTime.ofInstant(from, offset));
      if (candidate == null) {
        return null;
      }
      ZoneOffsetTransition change = rules.nextTransition(from);
      Instant instant = candidate.toInstant(offset);
      if (change == null || instant.isBefore(change.getInstant())) {
        return instant;
      }
      from = change.getInstant();
    }
    return null;
  }

  private static LocalDateTime ceiling(LocalDateTime local) {
    LocalDateTime whole = local.truncatedTo(ChronoUnit.SECONDS);
    return whole.equals(local) ? whole : whole.plusSeconds(1);
  }

  /** The first matching time of the calendar from {@code from} on. */
  private @Nullable LocalDateTime nextLocal(LocalDateTime from) {
    LocalDate date = from.toLocalDate();
    LocalTime earliest = from.toLocalTime();
    int lastYear = date.getYear() + YEARS;
    while (date.getYear() <= lastYear) {
      if (!has(months, date.getMonthValue())) {
        date = date.plusMonths(1).withDayOfMonth(1);
        earliest = LocalTime.MIN;
        continue;
      }
      if (days.match(date)) {
        LocalTime time = nextTime(earliest);
        if (time != null) {
          return date.atTime(time);
        }
      }
      date = date.plusDays(1);
      earliest = LocalTime.MIN;
    }
    return null;
  }

  private @Nullable LocalTime nextTime(LocalTime from) {
    for (int hour = next(hours, from.getHour()); hour >= 0; hour = next(hours, hour + 1)) {
      int firstMinute = hour == from.getHour() ? from.getMinute() : 0;
      for (int minute = next(minutes, firstMinute);
          minute >= 0;
          minute = next(minutes, minute + 1)) {
        boolean same = hour == from.getHour() && minute == from.getMinute();
        int second = next(seconds, same ? from.getSecond() : 0);
        if (second >= 0) {
          return LocalTime.of(hour, minute, second);
        }
      }
    }
    return null;
  }

  /** The first set bit from {@code from} on; -1 if there is none. */
  private static int next(long bits, int from) {
    long rest = from > 63 ? 0 : bits >>> from << from;
    return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
  }

  private static boolean has(long bits, int value) {
    return (bits >>> value & 1) != 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cron cron && text.equals(cron.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
