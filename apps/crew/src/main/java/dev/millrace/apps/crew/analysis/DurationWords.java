package dev.millrace.apps.crew.analysis;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first length of time that a text names: {@code 3天}, {@code 两周}, {@code 半天}, {@code
 * 一个半小时}, {@code 1小时30分钟}, {@code 2 weeks}, {@code two days}, {@code 1.5 hours}, {@code 1 hour and
 * 30 minutes}. A day is 24 hours, a week 7 days, a month 30. Dates (5日, 第3天) are none, nor is how
 * often something is done (once a day).
 */
final class DurationWords {
  /** A length of time and where it stands. */
  record Found(Duration duration, int start, int end) {}

  private record Unit(String word, double hours, boolean isLatin) {}

  /** So many of a unit. */
  private record Part(double number, Unit unit, int end) {
    double hours() {
      return number * unit.hours();
    }
  }

  private static final Map<String, Double> LATIN_NUMBERS =
      Map.ofEntries(
          Map.entry("half a", 0.5),
          Map.entry("half an", 0.5),
          Map.entry("one", 1.0),
          Map.entry("two", 2.0),
          Map.entry("three", 3.0),
          Map.entry("four", 4.0),
          Map.entry("five", 5.0),
          Map.entry("six", 6.0),
          Map.entry("seven", 7.0),
          Map.entry("eight", 8.0),
          Map.entry("nine", 9.0),
          Map.entry("ten", 10.0),
          Map.entry("eleven", 11.0),
          Map.entry("twelve", 12.0));

  private static final Unit[] UNITS = {
    chinese("分钟", 1 / 60.0),
    chinese("刻钟", 0.25),
    chinese("个小时", 1),
    chinese("小时", 1),
    chinese("钟头", 1),
    chinese("天", 24),
    chinese("工作日", 24),
    chinese("个工作日", 24),
    chinese("个星期", 168),
    chinese("星期", 168),
    chinese("个礼拜", 168),
    chinese("周", 168),
    chinese("个月", 720),
    latin("minutes", 1 / 60.0),
    latin("minute", 1 / 60.0),
    latin("mins", 1 / 60.0),
    latin("min", 1 / 60.0),
    latin("hours", 1),
    latin("hour", 1),
    latin("hrs", 1),
    latin("hr", 1),
    latin("h", 1),
    latin("days", 24),
    latin("day", 24),
    latin("d", 24),
    latin("weeks", 168),
    latin("week", 168),
    latin("months", 720),
    latin("month", 720),
  };

  private static final String NUMERALS = "〇一二三四五六七八九";
  private static final int MOST_DIGITS = 4;

  private DurationWords() {}

  private static Unit chinese(String word, double hours) {
    return new Unit(word, hours, false);
  }

  private static Unit latin(String word, double hours) {
    return new Unit(word, hours, true);
  }

  static @Nullable Found find(String text) {
    int i = 0;
    while (i < text.length()) {
      Part part = begins(text, i) ? partAt(text, i) : null;
      if (part != null) {
        return whole(text, i, part);
      }
      i = Math.max(i + 1, numberEnd(text, i));
    }
    return null;
  }

  /** Where a number ends that begins there; the same place if none does. */
  private static int numberEnd(String text, int start) {
    return isDigit(fold(text, start)) ? digitsEnd(text, start) : numeralsEnd(text, start);
  }

  private static @Nullable Part partAt(String text, int start) {
    int end = numberEnd(text, start);
    if (end > start) {
      double number = number(text, start, end);
      return number <= 0 ? null : unitAfter(text, number, end);
    }
    char first = fold(text, start);
    if (first < 'a' || first > 'z') {
      return null;
    }
    for (Map.Entry<String, Double> word : LATIN_NUMBERS.entrySet()) {
      int after = start + word.getKey().length();
      if (matches(text, start, word.getKey()) && !goesOn(text, after)) {
        Part part = unitAfter(text, word.getValue(), after);
        if (part != null && part.unit().isLatin()) {
          return part;
        }
      }
    }
    return null;
  }

  /** Smaller units that follow at once belong to it: an hour and 30 minutes. */
  private static Found whole(String text, int start, Part first) {
    double hours = first.hours();
    Part last = first;
    while (true) {
      int at = skip(text, last.end());
      if (matches(text, at, "and ")) {
        at += 4;
      }
      Part next = at < text.length() ? partAt(text, at) : null;
      if (next == null || next.unit().hours() >= last.unit().hours()) {
        return new Found(Duration.ofSeconds(Math.round(hours * 3600)), start, last.end());
      }
      hours += next.hours();
      last = next;
    }
  }

  private static int skip(String text, int start) {
    int at = start;
    while (at < text.length()
        && at < start + 2
        && (text.charAt(at) == ' ' || text.charAt(at) == '-')) {
      at++;
    }
    return at;
  }

  /** Whether a number at {@code start} is neither part of a word nor an ordinal. */
  private static boolean begins(String text, int start) {
    if (start == 0) {
      return true;
    }
    char before = TermIndex.fold(text.charAt(start - 1));
    return before != '第' && before != '.' && before != '-' && !(before >= 'a' && before <= 'z');
  }

  private static int digitsEnd(String text, int start) {
    int end = start;
    boolean pointSeen = false;
    while (end < text.length()) {
      char c = TermIndex.fold(text.charAt(end));
      if (c == '.' && !pointSeen && end + 1 < text.length() && isDigit(fold(text, end + 1))) {
        pointSeen = true;
      } else if (!isDigit(c)) {
        break;
      }
      end++;
    }
    return end;
  }

  private static int numeralsEnd(String text, int start) {
    int end = start;
    while (end < text.length() && numeral(text.charAt(end)) != Integer.MIN_VALUE) {
      end++;
    }
    return end;
  }

  /** Its worth; -10 for ten and -1 for half, which are no digits; the least int for none. */
  private static int numeral(char c) {
    int digit = NUMERALS.indexOf(c);
    if (digit >= 0) {
      return digit;
    }
    return c == '两' ? 2 : c == '十' ? -10 : c == '半' ? -1 : Integer.MIN_VALUE;
  }

  private static @Nullable Part unitAfter(String text, double given, int end) {
    double number = given;
    int at = skip(text, end);
    if (matches(text, at, "个半")) {
      number += 0.5;
      at += 2;
    }
    for (Unit unit : UNITS) {
      int after = at + unit.word().length();
      if (matches(text, at, unit.word()) && !(unit.isLatin() && goesOn(text, after))) {
        boolean half = !unit.isLatin() && number >= 1 && matches(text, after, "半");
        return half ? new Part(number + 0.5, unit, after + 1) : new Part(number, unit, after);
      }
    }
    return null;
  }

  private static boolean matches(String text, int at, String word) {
    if (at + word.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (fold(text, at + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean goesOn(String text, int at) {
    if (at >= text.length()) {
      return false;
    }
    char c = fold(text, at);
    return (c >= 'a' && c <= 'z') || isDigit(c);
  }

  /** The number between two places; 0 for one that is too large or makes no sense. */
  private static double number(String text, int start, int end) {
    if (isDigit(fold(text, start))) {
      StringBuilder digits = new StringBuilder();
      for (int i = start; i < end; i++) {
        digits.append(fold(text, i));
      }
      int whole = digits.indexOf(".") < 0 ? digits.length() : digits.indexOf(".");
      return whole > MOST_DIGITS || digits.length() > 2 * MOST_DIGITS
          ? 0
          : Double.parseDouble(digits.toString());
    }
    return chineseNumber(text, start, end);
  }

  /** Up to 99, and half. */
  private static double chineseNumber(String text, int start, int end) {
    if (end - start > 3) {
      return 0;
    }
    double sum = 0;
    for (int i = start; i < end; i++) {
      int worth = numeral(text.charAt(i));
      if (worth == -1) {
        return end - start == 1 ? 0.5 : 0;
      }
      sum = worth == -10 ? (i == start ? 10 : sum * 10) : sum + worth;
    }
    return sum;
  }

  private static char fold(String text, int at) {
    return TermIndex.fold(text.charAt(at));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
