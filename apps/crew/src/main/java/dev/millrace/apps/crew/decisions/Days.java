package dev.millrace.apps.crew.decisions;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Days as tokens: each decision has one of its year, one of its month and one of its day, so that
 * any range is a few tokens, which the index answers in its own order.
 */
final class Days {
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2200;

  private Days() {}

  static List<String> tokens(OffsetDateTime at) {
    LocalDate day = at.toLocalDate();
    return List.of(year(day), month(day), day(day));
  }

  /** Tokens that together are the days from {@code from} to {@code to}, both included. */
  static List<String> range(Instant from, Instant to) {
    LocalDate first = clamped(from);
    LocalDate last = clamped(to);
    List<String> tokens = new ArrayList<>();
    LocalDate at = first;
    while (!at.isAfter(last)) {
      LocalDate year = at.plusYears(1);
      LocalDate month = at.plusMonths(1);
      if (at.getDayOfYear() == 1 && !year.minusDays(1).isAfter(last)) {
        tokens.add(year(at));
        at = year;
      } else if (at.getDayOfMonth() == 1 && !month.minusDays(1).isAfter(last)) {
        tokens.add(month(at));
        at = month;
      } else {
        tokens.add(day(at));
        at = at.plusDays(1);
      }
    }
    return tokens;
  }

  private static LocalDate clamped(Instant instant) {
    LocalDate least = LocalDate.of(FIRST_YEAR, 1, 1);
    LocalDate most = LocalDate.of(LAST_YEAR, 12, 31);
    if (instant.isBefore(least.atStartOfDay().toInstant(ZoneOffset.UTC))) {
      return least;
    }
    return instant.isAfter(most.atStartOfDay().toInstant(ZoneOffset.UTC))
        ? most
        : instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static String year(LocalDate day) {
    return "y_" + day.getYear();
  }

  private static String month(LocalDate day) {
    return String.format(Locale.ROOT, "y_%d%02d", day.getYear(), day.getMonthValue());
  }

  private static String day(LocalDate day) {
    return String.format(
        Locale.ROOT, "y_%d%02d%02d", day.getYear(), day.getMonthValue(), day.getDayOfMonth());
  }
}
