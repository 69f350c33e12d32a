package dev.millrace.apps.draft.recipe;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the seconds of a recipe into whole microseconds. */
final class Seconds {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** Beyond this many digits a number is nonsense, and arithmetic with it can be endless. */
  private static final int MOST_DIGITS = 30;

  private static final String PART = "(?:(\\d{1,9}(?:\\.\\d{1,12})?)%s)?";

  /** Such as {@code 1h52m3s}, {@code 0.15s}, {@code 1.5h}, {@code 250ms}. */
  private static final Pattern TIME =
      Pattern.compile(
          PART.formatted("h")
              + PART.formatted("m(?!s)")
              + PART.formatted("s")
              + PART.formatted("ms"),
          Pattern.CASE_INSENSITIVE);

  /** Such as {@code 1:52:03.5} or {@code 2:30}. */
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,4}):)?(\\d{1,4}):(\\d{1,2}(?:\\.\\d{1,12})?)");

  /** Such as {@code 3.5}: seconds that came as a string. */
  private static final Pattern PLAIN = Pattern.compile("\\d{1,9}(?:\\.\\d{1,12})?");

  private Seconds() {}

  /** Microseconds, rounded half up; null if the number is beyond all reason. */
  static @Nullable Long micros(BigDecimal seconds) {
    if (seconds.signum() == 0) {
      return 0L;
    }
    if (seconds.precision() > MOST_DIGITS || Math.abs(seconds.scale()) > MOST_DIGITS) {
      return null;
    }
    BigDecimal micros = seconds.multiply(MILLION).setScale(0, RoundingMode.HALF_UP);
    return micros.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 4)) > 0
        ? null
        : Long.valueOf(micros.longValue());
  }

  /** Microseconds of a time in words; null if it is none. */
  static @Nullable Long micros(String time) {
    String words = time.strip();
    if (PLAIN.matcher(words).matches()) {
      return micros(new BigDecimal(words));
    }
    Matcher clock = CLOCK.matcher(words);
    if (clock.matches()) {
      return micros(
          part(clock.group(1), 3600).add(part(clock.group(2), 60)).add(part(clock.group(3), 1)));
    }
    Matcher parts = TIME.matcher(words);
    if (words.isEmpty() || !parts.matches()) {
      return null;
    }
    BigDecimal millis = part(parts.group(4), 1).movePointLeft(3);
    return micros(
        part(parts.group(1), 3600)
            .add(part(parts.group(2), 60))
            .add(part(parts.group(3), 1))
            .add(millis));
  }

  private static BigDecimal part(@Nullable String digits, int seconds) {
    return digits == null
        ? BigDecimal.ZERO
        : new BigDecimal(digits).multiply(BigDecimal.valueOf(seconds));
  }

  /** For people: seconds without needless zeros. */
  static String show(long micros) {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + " s";
  }
}
