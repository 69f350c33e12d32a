package dev.millrace.tasks.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one field of a cron rule. Confined to its thread. */
final class CronReader {
  private final CronField field;
  private final String text;
  private final int offset;

  /** The values that match, a bit each. */
  long bits;

  /** Whether it leaves anything out. */
  boolean restricted;

  /** Days before the last one of the month. */
  final List<Integer> fromEnd = new ArrayList<>();

  /** Days of the month to whose nearest weekday it moves; 0 is the last weekday of the month. */
  final List<Integer> nearest = new ArrayList<>();

  /** Weekdays by their number in the month. */
  final List<WeekdayOfMonth> ofMonth = new ArrayList<>();

  /**
   * @param number 1 to 5, or 0 for the last one
   */
  record WeekdayOfMonth(int weekday, int number) {}

  /**
   * @param offset of the field in the whole rule
   */
  CronReader(CronField field, String text, int offset) {
    this.field = field;
    this.text = text;
    this.offset = offset;
  }

  CronReader read() {
    restricted = !text.equals("*") && !text.equals("?");
    if (text.equals("?") && field != CronField.DAY && field != CronField.WEEKDAY) {
      throw refused(0, text, "Write *.");
    }
    int at = 0;
    for (String item : text.split(",", -1)) {
      item(item, at);
      at += item.length() + 1;
    }
    if (field == CronField.WEEKDAY && (bits & 1L << 7) != 0) {
      bits = (bits | 1) & ~(1L << 7);
    }
    return this;
  }

  private void item(String item, int at) {
    if (item.isEmpty()) {
      throw refused(at, "nothing", "Write a value between two commas.");
    }
    if (!special(item.toUpperCase(Locale.ROOT), item, at)) {
      range(item, at);
    }
  }

  private boolean special(String item, String written, int at) {
    return switch (field) {
      case DAY -> specialDay(item, written, at);
      case WEEKDAY -> specialWeekday(item, written, at);
      case SECOND, MINUTE, HOUR, MONTH -> false;
    };
  }

  private boolean specialDay(String item, String written, int at) {
    if (item.equals("LW") || item.equals("WL")) {
      nearest.add(0);
    } else if (item.equals("L")) {
      fromEnd.add(0);
    } else if (item.startsWith("L-")) {
      Integer days = digits(item.substring(2));
      if (days == null || days > 30) {
        throw refused(at, written, "Write L-1 to L-30, the days before the last one.");
      }
      fromEnd.add(days);
    } else if (item.endsWith("W")) {
      Integer day = digits(item.substring(0, item.length() - 1));
      if (day == null || day < 1 || day > 31) {
        throw refused(at, written, "Write 1W to 31W, the weekday nearest to that day.");
      }
      nearest.add(day);
    } else {
      return false;
    }
    return true;
  }

  private boolean specialWeekday(String item, String written, int at) {
    int hash = item.indexOf('#');
    if (hash >= 0) {
      Integer number = digits(item.substring(hash + 1));
      if (number == null || number < 1 || number > 5) {
        throw refused(at + hash, written, "Write #1 to #5, as in MON#2 for the second Monday.");
      }
      ofMonth.add(new WeekdayOfMonth(value(item.substring(0, hash), at) % 7, number));
      return true;
    }
    if (item.equals("L")) {
      throw refused(at, written, "Say which last day is meant, as in FRIL or 5L.");
    }
    if (item.endsWith("L") && field.named(item) < 0) {
      ofMonth.add(new WeekdayOfMonth(value(item.substring(0, item.length() - 1), at) % 7, 0));
      return true;
    }
    return false;
  }

  private void range(String item, int at) {
    int slash = item.indexOf('/');
    String span = slash < 0 ? item : item.substring(0, slash);
    int step = slash < 0 ? 1 : step(item.substring(slash + 1), at + slash + 1);
    if (span.equals("*") || span.equals("?")) {
      add(field.min, top(), step);
      return;
    }
    int dash = span.indexOf('-');
    int from = value(dash < 0 ? span : span.substring(0, dash), at);
    if (dash < 0) {
      add(from, slash < 0 ? from : top(), step);
      return;
    }
    int to = value(span.substring(dash + 1), at + dash + 1);
    if (to < from && field == CronField.WEEKDAY && to == 0) {
      to = 7;
    }
    add(from, to, step);
  }

  /** The greatest value of a whole range; Sunday counts once. */
  private int top() {
    return field == CronField.WEEKDAY ? 6 : field.max;
  }

  /** A range may go over the end, as in FRI-MON or 22-2. */
  private void add(int from, int to, int step) {
    int size = top() - field.min + 1;
    int end = to < from ? to + size : to;
    for (int value = from; value <= end; value += step) {
      bits |= 1L << (value > field.max ? value - size : value);
    }
  }

  private int step(String step, int at) {
    Integer number = digits(step);
    if (number == null || number < 1 || number > field.max) {
      throw refused(
          at, step.isEmpty() ? "nothing" : step, "Write a step of 1 to " + field.max + ".");
    }
    return number;
  }

  private int value(String value, int at) {
    int named = field.named(value);
    Integer number = named >= 0 ? Integer.valueOf(named) : digits(value);
    if (number == null || number < field.min || number > field.max) {
      throw refused(at, value.isEmpty() ? "nothing" : value, "Use " + field.allowed() + ".");
    }
    return number;
  }

  private static @Nullable Integer digits(String text) {
    boolean number = !text.isEmpty() && text.length() <= 4;
    for (int i = 0; i < text.length(); i++) {
      number &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return number ? Integer.valueOf(text) : null;
  }

  private TimingException refused(int at, String value, String remedy) {
    String shown = value.length() > 40 ? value.substring(0, 40) + "…" : value;
    return new TimingException(field.words, offset + at, "'" + shown + "'", remedy);
  }
}
