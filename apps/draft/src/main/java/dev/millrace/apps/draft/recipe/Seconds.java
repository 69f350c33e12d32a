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

  /** Such as {@code 1h52m3s} or {@code 0.15s}. */
  private static final Pattern TIME =
      Pattern.compile(
          "(?:(\\d{1,4})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,12})?)s)?",
          Pattern.CASE_INSENSITIVE);

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
    Matcher parts = TIME.matcher(time.strip());
    if (time.isBlank() || !parts.matches()) {
      return null;
    }
    BigDecimal seconds =
        part(parts.group(1), 3600).add(part(parts.group(2), 60)).add(part(parts.group(3), 1));
    return micros(seconds);
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
