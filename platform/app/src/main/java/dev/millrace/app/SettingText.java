package dev.millrace.app;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the text of a setting as its type. Thread-safe. */
public final class SettingText {
  private static final Pattern DURATION = Pattern.compile("([0-9]+) *(ms|s|m|h|d)");

  private SettingText() {}

  static Object read(SettingKey key, String text) {
    Type type = key.type();
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return Arrays.stream(text.split(",", -1))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    }
    if (type instanceof Class<?> c && c.isEnum()) {
      return constant(c, text);
    }
    return switch (type.getTypeName()) {
      case "java.lang.String" -> text;
      case "java.nio.file.Path" -> Path.of(text);
      case "boolean" -> truth(text);
      case "int" -> Math.toIntExact(inRange(key, text, wholeNumber(text)));
      case "long" -> inRange(key, text, wholeNumber(text));
      case "double" -> decimal(key, text);
      case "java.time.Duration" -> {
        Duration duration = duration(text);
        inRange(key, text, duration.toMillis());
        yield duration;
      }
      case "dev.millrace.app.DataSize" -> {
        DataSize size = DataSize.parse(text);
        inRange(key, text, size.bytes());
        yield size;
      }
      default ->
          throw new IllegalStateException(key.name() + " has a type no text can give: " + type);
    };
  }

  private static Object constant(Class<?> type, String text) {
    List<String> names =
        Arrays.stream(type.getEnumConstants())
            .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();
    int at = names.indexOf(text.strip().toLowerCase(Locale.ROOT));
    if (at < 0) {
      throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", names));
    }
    return type.getEnumConstants()[at];
  }

  private static boolean truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  private static long wholeNumber(String text) {
    try {
      return Long.parseLong(text.strip().replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
    }
  }

  private static double decimal(SettingKey key, String text) {
    try {
      double value = Double.parseDouble(text.strip());
      inRange(key, text, (long) Math.ceil(value));
      inRange(key, text, (long) Math.floor(value));
      return value;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
  }

  /**
   * A time as it stands in the configuration: {@code 30s}, {@code 5m}, {@code PT1H30M}.
   *
   * @throws IllegalArgumentException with how to write it
   */
  public static Duration duration(String text) {
    var matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      return Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration; write it like 30s, 5m, 2h or PT1H30M", e);
    }
  }

  private static long inRange(SettingKey key, String text, long value) {
    long min = key.setting().min();
    long max = key.setting().max();
    if (value < min || value > max) {
      String low = min == Long.MIN_VALUE ? "" : " at least " + min;
      String high = max == Long.MAX_VALUE ? "" : " at most " + max;
      throw new IllegalArgumentException("'" + text + "' is out of range; allowed is" + low + high);
    }
    return value;
  }
}
