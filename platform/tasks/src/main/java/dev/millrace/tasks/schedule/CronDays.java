package dev.millrace.tasks.schedule;

import dev.millrace.tasks.schedule.CronReader.WeekdayOfMonth;
import java.time.LocalDate;

/** Which days a cron rule means. Immutable. */
final class CronDays {
  private final CronReader day;
  private final CronReader weekday;

  CronDays(CronReader day, CronReader weekday) {
    this.day = day;
    this.weekday = weekday;
  }

  /** If both fields are given, either will do, as in crontab(5). */
  boolean match(LocalDate date) {
    if (day.restricted && weekday.restricted) {
      return dayMatches(date) || weekdayMatches(date);
    }
    return dayMatches(date) && weekdayMatches(date);
  }

  private boolean dayMatches(LocalDate date) {
    int of = date.getDayOfMonth();
    int last = date.lengthOfMonth();
    if ((day.bits >>> of & 1) != 0 || day.fromEnd.contains(last - of)) {
      return true;
    }
    for (int wanted : day.nearest) {
      if (wanted <= last && of == nearestWeekday(date, wanted == 0 ? last : wanted, wanted == 0)) {
        return true;
      }
    }
    return false;
  }

  /** Stays within the month; the last weekday of a month never moves forward anyway. */
  private static int nearestWeekday(LocalDate date, int wanted, boolean backwards) {
    int weekday = date.withDayOfMonth(wanted).getDayOfWeek().getValue();
    int last = date.lengthOfMonth();
    return switch (weekday) {
      case 6 -> wanted == 1 ? 3 : wanted - 1;
      case 7 -> backwards || wanted == last ? wanted - 2 : wanted + 1;
      default -> wanted;
    };
  }

  private boolean weekdayMatches(LocalDate date) {
    int of = date.getDayOfWeek().getValue() % 7;
    if ((weekday.bits >>> of & 1) != 0) {
      return true;
    }
    int number = (date.getDayOfMonth() - 1) / 7 + 1;
    boolean isLast = date.getDayOfMonth() + 7 > date.lengthOfMonth();
    for (WeekdayOfMonth wanted : weekday.ofMonth) {
      if (wanted.weekday() == of && (wanted.number() == 0 ? isLast : wanted.number() == number)) {
        return true;
      }
    }
    return false;
  }
}
