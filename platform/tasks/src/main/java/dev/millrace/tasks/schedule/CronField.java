package dev.millrace.tasks.schedule;

import java.util.Locale;

/** The fields of a cron rule: their ranges and names. */
enum CronField {
  SECOND("second", 0, 59, ""),
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY("day of month", 1, 31, ""),
  MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  /** Sunday is 0 and 7. */
  WEEKDAY("day of week", 0, 7, "SUN MON TUE WED THU FRI SAT");

  final String words;
  final int min;
  final int max;
  private final String names;

  CronField(String words, int min, int max, String names) {
    this.words = words;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  /** What may stand here, for a remedy. */
  String allowed() {
    String range = min + " to " + max;
    return switch (this) {
      case SECOND, MINUTE, HOUR -> range;
      case DAY -> range + ", L, L-3, LW or 15W";
      case MONTH -> range + " or JAN to DEC";
      case WEEKDAY -> "0 (Sunday) to 7 (Sunday), SUN to SAT, FRIL or MON#2";
    };
  }

  /** The number of a name; -1 if it is none. */
  int named(String name) {
    int index = name.length() == 3 ? names.indexOf(name.toUpperCase(Locale.ROOT)) : -1;
    return index < 0 || index % 4 != 0 ? -1 : index / 4 + min;
  }
}
