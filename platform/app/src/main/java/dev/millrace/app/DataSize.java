package dev.millrace.app;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A number of bytes, written like {@code 512}, {@code 64 KB}, {@code 1.5 GB} (powers of 1024). */
public record DataSize(long bytes) {
  private static final Pattern TEXT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *([KMGT]?)I?B?");
  private static final Map<String, Integer> SHIFTS =
      Map.of("", 0, "K", 10, "M", 20, "G", 30, "T", 40);

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is 0 or more, not " + bytes);
    }
  }

  /**
   * Reads a size.
   *
   * @throws IllegalArgumentException if {@code text} is none
   */
  public static DataSize parse(String text) {
    var matcher = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no size; write it like 64 MB");
    }
    String number = matcher.group(1);
    long unit = 1L << SHIFTS.getOrDefault(matcher.group(2), 0);
    try {
      // Decimals only where there are some: they cost the start what they do not give most sizes.
      return new DataSize(
          number.indexOf('.') < 0
              ? Math.multiplyExact(Long.parseLong(number), unit)
              : new BigDecimal(number)
                  .multiply(BigDecimal.valueOf(unit))
                  .toBigInteger()
                  .longValueExact());
    } catch (NumberFormatException | ArithmeticException tooLarge) {
      throw new IllegalArgumentException("'" + text + "' is too large a size", tooLarge);
    }
  }

  /** The largest unit that gives a whole number. */
  @Override
  public String toString() {
    String[] units = {" B", " KB", " MB", " GB", " TB"};
    int unit = 0;
    long value = bytes;
    while (unit < 4 && value != 0 && value % 1024 == 0) {
      value /= 1024;
      unit++;
    }
    return value + units[unit];
  }
}
