package dev.millrace.apps.crew.analysis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first length of time that a text names: {@code 3天}, {@code 两周}, {@code 半天}, {@code 2
 * weeks}, {@code 1.5 hours}. A day is 24 hours, a week 7 days, a month 30. Dates (5日, 第3天) are
 * none.
 */
final class DurationWords {
  /** A length of time and where it stands. */
  record Found(Duration duration, int start, int end) {}

  private record Unit(String word, double hours, boolean isLatin) {}

  private static final Unit[] UNITS = {
    chinese("分钟", 1 / 60.0),
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
      char c = TermIndex.fold(text.charAt(i));
      int end = isDigit(c) ? digitsEnd(text, i) : numeralsEnd(text, i);
      if (end > i) {
        Found found = begins(text, i) ? unitAfter(text, i, end) : null;
        if (found != null) {
          return found;
        }
        i = end;
      } else {
        i++;
      }
    }
    return null;
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

  private static @Nullable Found unitAfter(String text, int start, int end) {
    double number = number(text, start, end);
    if (number <= 0) {
      return null;
    }
    int at = end;
    while (at < text.length()
        && at < end + 2
        && (text.charAt(at) == ' ' || text.charAt(at) == '-')) {
      at++;
    }
    for (Unit unit : UNITS) {
      int after = at + unit.word().length();
      if (matches(text, at, unit.word()) && !(unit.isLatin() && goesOn(text, after))) {
        long seconds = Math.round(number * unit.hours() * 3600);
        return new Found(Duration.ofSeconds(seconds), start, after);
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
