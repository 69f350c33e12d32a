package dev.millrace.expression;

import static dev.millrace.expression.ValueType.ANY;
import static dev.millrace.expression.ValueType.BOOLEAN;
import static dev.millrace.expression.ValueType.DURATION;
import static dev.millrace.expression.ValueType.NUMBER;
import static dev.millrace.expression.ValueType.PERCENT;
import static dev.millrace.expression.ValueType.TEXT;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between two values: which types go together, and what comes out. Types and values are
 * judged by the same table, so what the check lets through the evaluation can do.
 */
enum Operator {
  EQUAL("=="),
  UNEQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  IN("in"),
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  DIVIDED("/");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  static @Nullable Operator of(String sign) {
    for (Operator operator : values()) {
      if (operator.sign.equals(sign)) {
        return operator;
      }
    }
    return null;
  }

  String sign() {
    return sign;
  }

  boolean compares() {
    return switch (this) {
      case EQUAL, UNEQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN -> true;
      case PLUS, MINUS, TIMES, DIVIDED -> false;
    };
  }

  /** What comes out of values of these types; null if they do not go together. */
  @Nullable ValueType result(ValueType left, ValueType right) {
    return switch (this) {
      case EQUAL, UNEQUAL -> left.takes(right) || areShares(left, right) ? BOOLEAN : null;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          isOrdered(left) && isOrdered(right) && (left.takes(right) || areShares(left, right))
              ? BOOLEAN
              : null;
      case IN -> isIn(left, right) ? BOOLEAN : null;
      case PLUS, MINUS, TIMES, DIVIDED ->
          ANY.equals(left) || ANY.equals(right)
              ? (isList(left) || isList(right) ? null : ANY)
              : arithmetic(left, right);
    };
  }

  private @Nullable ValueType arithmetic(ValueType left, ValueType right) {
    boolean amounts = isAmount(left) && isAmount(right);
    return switch (this) {
      case PLUS -> left.equals(right) && (amounts || TEXT.equals(left)) ? left : null;
      case MINUS -> left.equals(right) && amounts ? left : null;
      case TIMES -> amounts ? product(left, right) : null;
      case DIVIDED -> {
        if (!amounts) {
          yield null;
        }
        yield left.equals(right) ? NUMBER : NUMBER.equals(right) ? left : null;
      }
      default -> throw new IllegalStateException(this + " does not calculate; this is a bug");
    };
  }

  private static @Nullable ValueType product(ValueType left, ValueType right) {
    if (DURATION.equals(left) || DURATION.equals(right)) {
      return left.equals(right) ? null : DURATION;
    }
    return PERCENT.equals(left) && PERCENT.equals(right) ? PERCENT : NUMBER;
  }

  /** A percentage and a plain number, which then counts as percentage points. */
  private static boolean areShares(ValueType left, ValueType right) {
    return (PERCENT.equals(left) && NUMBER.equals(right))
        || (NUMBER.equals(left) && PERCENT.equals(right));
  }

  private static boolean isAmount(ValueType type) {
    return NUMBER.equals(type) || PERCENT.equals(type) || DURATION.equals(type);
  }

  private static boolean isOrdered(ValueType type) {
    return isAmount(type) || TEXT.equals(type) || ANY.equals(type);
  }

  private static boolean isList(ValueType type) {
    return type.element() != null;
  }

  private static boolean isIn(ValueType left, ValueType right) {
    ValueType element = right.element();
    return right.isAny() || (element != null && EQUAL.result(element, left) != null);
  }

  /**
   * What comes out of two values that go together.
   *
   * @throws ArithmeticException if nothing does
   */
  Object apply(Object left, Object right) {
    return switch (this) {
      case EQUAL -> same(left, right);
      case UNEQUAL -> !same(left, right);
      case LESS -> compare(left, right) < 0;
      case LESS_OR_EQUAL -> compare(left, right) <= 0;
      case GREATER -> compare(left, right) > 0;
      case GREATER_OR_EQUAL -> compare(left, right) >= 0;
      case IN -> ((List<?>) right).stream().anyMatch(item -> same(left, item));
      case PLUS -> plus(left, right);
      case MINUS -> plus(left, negative(right));
      case TIMES -> times(left, right);
      case DIVIDED -> divided(left, right);
    };
  }

  static boolean same(Object left, Object right) {
    if (left instanceof List<?> mine && right instanceof List<?> theirs) {
      boolean same = mine.size() == theirs.size();
      for (int i = 0; same && i < mine.size(); i++) {
        same = same(mine.get(i), theirs.get(i));
      }
      return same;
    }
    if (left instanceof BigDecimal || right instanceof BigDecimal) {
      return isNumeric(left) && isNumeric(right) && compare(left, right) == 0;
    }
    return left.equals(right);
  }

  private static boolean isNumeric(Object value) {
    return value instanceof BigDecimal || value instanceof Percent;
  }

  static int compare(Object left, Object right) {
    return switch (left) {
      case String text -> text.compareTo((String) right);
      case Duration duration -> duration.compareTo((Duration) right);
      default -> points(left).compareTo(points(right));
    };
  }

  private static BigDecimal points(Object value) {
    return value instanceof Percent percent ? percent.points() : (BigDecimal) value;
  }

  static Object negative(Object value) {
    return switch (value) {
      case Percent percent -> new Percent(percent.points().negate());
      case Duration duration -> duration.negated();
      default -> ((BigDecimal) value).negate();
    };
  }

  static Object plus(Object left, Object right) {
    return switch (left) {
      case String text -> text + right;
      case Percent percent ->
          new Percent(bounded(percent.points().add(((Percent) right).points(), Values.PRECISION)));
      case Duration duration -> duration.plus((Duration) right);
      default -> bounded(((BigDecimal) left).add((BigDecimal) right, Values.PRECISION));
    };
  }

  private static Object times(Object left, Object right) {
    if (left instanceof Duration duration) {
      return scaled(duration, factor(right));
    }
    if (right instanceof Duration duration) {
      return scaled(duration, factor(left));
    }
    if (left instanceof Percent a && right instanceof Percent b) {
      return new Percent(bounded(a.points().multiply(b.share(), Values.PRECISION)));
    }
    return bounded(factor(left).multiply(factor(right), Values.PRECISION));
  }

  private static BigDecimal factor(Object value) {
    return value instanceof Percent percent ? percent.share() : (BigDecimal) value;
  }

  private static Object divided(Object left, Object right) {
    return switch (left) {
      case Duration a when right instanceof Duration b -> quotient(nanos(a), nanos(b));
      case Duration a -> duration(quotient(nanos(a), (BigDecimal) right));
      case Percent a when right instanceof Percent b -> quotient(a.points(), b.points());
      case Percent a -> new Percent(quotient(a.points(), (BigDecimal) right));
      default -> quotient((BigDecimal) left, (BigDecimal) right);
    };
  }

  private static BigDecimal quotient(BigDecimal left, BigDecimal right) {
    if (right.signum() == 0) {
      throw new ArithmeticException("the divisor is 0");
    }
    return bounded(left.divide(right, Values.PRECISION));
  }

  private static BigDecimal bounded(BigDecimal number) {
    BigDecimal bounded = Values.bounded(number);
    if (bounded == null) {
      throw new ArithmeticException("the result is too large or too small");
    }
    return bounded;
  }

  private static Duration scaled(Duration duration, BigDecimal factor) {
    return duration(nanos(duration).multiply(factor));
  }

  static BigDecimal nanos(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .scaleByPowerOfTen(9)
        .add(BigDecimal.valueOf(duration.getNano()));
  }

  private static Duration duration(BigDecimal nanos) {
    Duration duration = Unit.duration(nanos);
    if (duration == null) {
      throw new ArithmeticException("the duration is longer than 292 years");
    }
    return duration;
  }
}
