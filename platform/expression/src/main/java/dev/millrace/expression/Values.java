package dev.millrace.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that an evaluation works with: Boolean, BigDecimal, Percent, Duration, String, List.
 */
final class Values {
  /** Digits that a number keeps. */
  static final int DIGITS = 34;

  static final MathContext PRECISION = MathContext.DECIMAL128;
  private static final int LARGEST_EXPONENT = 1_000;
  private static final int SHOWN = 60;

  private Values() {}

  static ValueType typeOf(Object value) {
    return switch (value) {
      case Boolean _ -> ValueType.BOOLEAN;
      case BigDecimal _ -> ValueType.NUMBER;
      case Percent _ -> ValueType.PERCENT;
      case Duration _ -> ValueType.DURATION;
      case String _ -> ValueType.TEXT;
      case List<?> list ->
          ValueType.listOf(list.isEmpty() ? ValueType.ANY : typeOf(list.getFirst()));
      default -> throw new IllegalStateException(value.getClass() + " is no value; this is a bug");
    };
  }

  /** The number as it is calculated with; null if it is none, or out of range. */
  static @Nullable BigDecimal number(Number given) {
    return switch (given) {
      case Integer i -> BigDecimal.valueOf(i);
      case Long l -> BigDecimal.valueOf(l);
      case Short s -> BigDecimal.valueOf(s);
      case Byte b -> BigDecimal.valueOf(b);
      case Double d -> Double.isFinite(d) ? bounded(BigDecimal.valueOf(d)) : null;
      case Float f -> Float.isFinite(f) ? new BigDecimal(Float.toString(f)) : null;
      case BigDecimal decimal -> bounded(decimal);
      case BigInteger integer ->
          integer.bitLength() > 3_400 ? null : bounded(new BigDecimal(integer));
      default -> null;
    };
  }

  /** The number with the digits it may have; null if it is too large or too small to be useful. */
  static @Nullable BigDecimal bounded(BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    long exponent = (long) number.precision() - number.scale();
    return Math.abs(exponent) > LARGEST_EXPONENT ? null : number.round(PRECISION);
  }

  /** As an expression would write it, shortened. */
  static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "missing";
      case BigDecimal number -> {
        BigDecimal tidy = number.stripTrailingZeros();
        yield tidy.scale() > -20 && tidy.scale() < 40 ? tidy.toPlainString() : tidy.toString();
      }
      case String text -> "'" + shortened(text) + "'";
      default -> shortened(String.valueOf(value));
    };
  }

  static String shortened(String text) {
    if (text.length() <= SHOWN) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    return text.substring(0, end) + "…";
  }
}
