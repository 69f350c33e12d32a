package dev.millrace.expression;

import static dev.millrace.expression.ValueType.ANY;
import static dev.millrace.expression.ValueType.BOOLEAN;
import static dev.millrace.expression.ValueType.DURATION;
import static dev.millrace.expression.ValueType.NUMBER;
import static dev.millrace.expression.ValueType.PERCENT;
import static dev.millrace.expression.ValueType.TEXT;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions, and what they take. */
enum Function {
  ABS("abs", "abs(amount)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return types.size() == 1 ? amount(types.getFirst()) : null;
    }

    @Override
    Object apply(List<?> values) {
      Object value = values.getFirst();
      boolean negative =
          switch (value) {
            case Duration duration -> duration.isNegative();
            case Percent percent -> percent.points().signum() < 0;
            default -> ((BigDecimal) value).signum() < 0;
          };
      return negative ? Operator.negative(value) : value;
    }
  },
  MIN("min", "min(a, b, …) or min(list)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return ordered(types);
    }

    @Override
    Object apply(List<?> values) {
      return extreme(values, -1);
    }
  },
  MAX("max", "max(a, b, …) or max(list)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return ordered(types);
    }

    @Override
    Object apply(List<?> values) {
      return extreme(values, 1);
    }
  },
  SUM("sum", "sum(list of amounts)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return types.size() == 1 ? amount(element(types.getFirst())) : null;
    }

    @Override
    Object apply(List<?> values) {
      return sum((List<?>) values.getFirst());
    }
  },
  AVG("avg", "avg(list of amounts)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return SUM.result(types);
    }

    @Override
    Object apply(List<?> values) {
      List<?> list = (List<?>) values.getFirst();
      return Operator.DIVIDED.apply(sum(list), BigDecimal.valueOf(list.size()));
    }
  },
  SIZE("size", "size(list or text)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      ValueType type = types.size() == 1 ? types.getFirst() : BOOLEAN;
      return ANY.equals(type) || TEXT.equals(type) || type.element() != null ? NUMBER : null;
    }

    @Override
    Object apply(List<?> values) {
      return BigDecimal.valueOf(
          values.getFirst() instanceof List<?> list
              ? list.size()
              : ((String) values.getFirst()).codePoints().count());
    }
  },
  ROUND("round", "round(number) or round(number, digits)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, NUMBER) || fits(types, NUMBER, NUMBER) ? NUMBER : null;
    }

    @Override
    Object apply(List<?> values) {
      BigDecimal digits = values.size() == 1 ? BigDecimal.ZERO : (BigDecimal) values.get(1);
      if (digits.compareTo(BigDecimal.valueOf(30)) > 0 || digits.signum() < 0) {
        throw new ArithmeticException("the digits to round to are not 0 to 30");
      }
      return ((BigDecimal) values.getFirst()).setScale(digits.intValue(), RoundingMode.HALF_UP);
    }
  },
  FLOOR("floor", "floor(number)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, NUMBER) ? NUMBER : null;
    }

    @Override
    Object apply(List<?> values) {
      return ((BigDecimal) values.getFirst()).setScale(0, RoundingMode.FLOOR);
    }
  },
  CEIL("ceil", "ceil(number)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, NUMBER) ? NUMBER : null;
    }

    @Override
    Object apply(List<?> values) {
      return ((BigDecimal) values.getFirst()).setScale(0, RoundingMode.CEILING);
    }
  },
  MOD("mod", "mod(number, number)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, NUMBER, NUMBER) ? NUMBER : null;
    }

    @Override
    Object apply(List<?> values) {
      BigDecimal a = (BigDecimal) values.getFirst();
      BigDecimal b = (BigDecimal) values.get(1);
      if (b.signum() == 0) {
        throw new ArithmeticException("the divisor is 0");
      }
      BigDecimal rest = a.remainder(b);
      return rest.signum() * b.signum() < 0 ? rest.add(b) : rest;
    }
  },
  PERCENT_OF("percent", "percent(share), 0.85 for 85%") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, NUMBER) ? PERCENT : null;
    }

    @Override
    Object apply(List<?> values) {
      return new Percent(((BigDecimal) values.getFirst()).scaleByPowerOfTen(2));
    }
  },
  SECONDS("seconds", "seconds(duration)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, DURATION) ? NUMBER : null;
    }

    @Override
    Object apply(List<?> values) {
      return Operator.nanos((Duration) values.getFirst()).scaleByPowerOfTen(-9);
    }
  },
  CONTAINS("contains", "contains(text, part) or contains(list, value)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      if (types.size() != 2) {
        return null;
      }
      return fits(types, TEXT, TEXT) ? BOOLEAN : Operator.IN.result(types.get(1), types.getFirst());
    }

    @Override
    Object apply(List<?> values) {
      return values.getFirst() instanceof String text
          ? text.contains((String) values.get(1))
          : Operator.IN.apply(values.get(1), values.getFirst());
    }
  },
  STARTS_WITH("startsWith", "startsWith(text, beginning)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, TEXT, TEXT) ? BOOLEAN : null;
    }

    @Override
    Object apply(List<?> values) {
      return ((String) values.getFirst()).startsWith((String) values.get(1));
    }
  },
  ENDS_WITH("endsWith", "endsWith(text, end)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, TEXT, TEXT) ? BOOLEAN : null;
    }

    @Override
    Object apply(List<?> values) {
      return ((String) values.getFirst()).endsWith((String) values.get(1));
    }
  },
  LOWER("lower", "lower(text)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, TEXT) ? TEXT : null;
    }

    @Override
    Object apply(List<?> values) {
      return ((String) values.getFirst()).toLowerCase(Locale.ROOT);
    }
  },
  UPPER("upper", "upper(text)") {
    @Override
    @Nullable ValueType result(List<ValueType> types) {
      return fits(types, TEXT) ? TEXT : null;
    }

    @Override
    Object apply(List<?> values) {
      return ((String) values.getFirst()).toUpperCase(Locale.ROOT);
    }
  };

  /** The word that is no function of values but looks whether a name has one. */
  static final String HAS = "has";

  private final String word;
  private final String usage;

  Function(String word, String usage) {
    this.word = word;
    this.usage = usage;
  }

  static @Nullable Function of(String word) {
    for (Function function : values()) {
      if (function.word.equals(word)) {
        return function;
      }
    }
    return null;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(function -> function.word).toList();
  }

  String word() {
    return word;
  }

  String usage() {
    return usage;
  }

  /** What comes out of arguments of these types; null if it does not take them. */
  abstract @Nullable ValueType result(List<ValueType> types);

  /**
   * What comes out of arguments that it takes.
   *
   * @throws ArithmeticException if nothing does
   */
  abstract Object apply(List<?> values);

  private static boolean fits(List<ValueType> types, ValueType... wanted) {
    boolean fits = types.size() == wanted.length;
    for (int i = 0; fits && i < wanted.length; i++) {
      fits = wanted[i].takes(types.get(i));
    }
    return fits;
  }

  private static @Nullable ValueType amount(@Nullable ValueType type) {
    return NUMBER.equals(type) || PERCENT.equals(type) || DURATION.equals(type) || ANY.equals(type)
        ? type
        : null;
  }

  private static @Nullable ValueType element(ValueType type) {
    return type.isAny() ? ANY : type.element();
  }

  /** The common type of values that have an order, or of the elements of one list. */
  private static @Nullable ValueType ordered(List<ValueType> types) {
    if (types.size() == 1) {
      ValueType element = element(types.getFirst());
      return element != null && Operator.LESS.result(element, element) != null ? element : null;
    }
    ValueType common = types.isEmpty() ? null : types.getFirst();
    for (ValueType type : types) {
      if (common == null || !common.takes(type) || Operator.LESS.result(common, type) == null) {
        return null;
      }
      common = ANY.equals(common) ? type : common;
    }
    return common;
  }

  private static Object extreme(List<?> values, int sign) {
    List<?> among = values.getFirst() instanceof List<?> list ? list : values;
    if (among.isEmpty()) {
      throw new ArithmeticException("the list is empty");
    }
    Object found = among.getFirst();
    for (Object value : among) {
      if (Operator.compare(value, found) * sign > 0) {
        found = value;
      }
    }
    return found;
  }

  private static Object sum(List<?> list) {
    if (list.isEmpty()) {
      throw new ArithmeticException("the list is empty");
    }
    Object sum = list.getFirst();
    for (Object value : list.subList(1, list.size())) {
      sum = Operator.plus(sum, value);
    }
    return sum;
  }
}
