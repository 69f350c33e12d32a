package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that an evaluation was given, turned into ours as they are read. */
record GivenValues(String text, Map<String, ?> values, ExpressionLimits limits) {
  boolean has(String name) {
    return find(name) != null;
  }

  Object require(Term.Name name) {
    Object given = find(name.name());
    if (given == null) {
      throw new ExpressionException(
          Reason.MISSING_VALUE,
          text,
          name.position(),
          "'" + name.name() + "' has no value",
          Nearest.remedy("values", name.name(), values.keySet())
              + " Give one, or ask has("
              + name.name()
              + ") first.");
    }
    Object value = ours(name, given);
    if (ValueType.PERCENT.equals(name.type()) && value instanceof BigDecimal points) {
      return new Percent(points);
    }
    if (!name.type().takes(Values.typeOf(value))) {
      throw wrong(
          name,
          "'"
              + name.name()
              + "' is declared as a "
              + name.type()
              + " and is a "
              + Values.typeOf(value));
    }
    return value;
  }

  /** The value under the whole name, or found by its words in maps within maps. */
  @Nullable Object find(String name) {
    Object whole = values.get(name);
    if (whole != null || name.indexOf('.') < 0) {
      return whole;
    }
    Object found = values;
    for (String word : name.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(word) : null;
    }
    return found;
  }

  private Object ours(Term.Name name, @Nullable Object given) {
    return switch (given) {
      case Boolean value -> value;
      case Percent value -> value;
      case Duration value -> value;
      case CharSequence value -> ourText(name, value.toString());
      case Number value -> {
        BigDecimal number = Values.number(value);
        if (number == null) {
          throw wrong(
              name, "'" + name.name() + "' is " + value + ", which cannot be calculated with");
        }
        yield number;
      }
      case Collection<?> value -> ourList(name, value);
      case null -> throw wrong(name, "'" + name.name() + "' contains an empty value");
      default ->
          throw wrong(name, "'" + name.name() + "' is a " + given.getClass().getSimpleName());
    };
  }

  private String ourText(Term.Name name, String value) {
    if (value.length() > limits.textSize()) {
      throw limit(name, value.length() + " characters; up to " + limits.textSize());
    }
    return value;
  }

  private List<Object> ourList(Term.Name name, Collection<?> value) {
    if (value.size() > limits.listSize()) {
      throw limit(name, value.size() + " elements; up to " + limits.listSize());
    }
    var list = new ArrayList<Object>(value.size());
    for (Object element : value) {
      Object ours = ours(name, element);
      if (ours instanceof List<?>) {
        throw wrong(name, "'" + name.name() + "' is a list of lists");
      }
      if (!list.isEmpty() && !Values.typeOf(list.getFirst()).equals(Values.typeOf(ours))) {
        throw wrong(name, "'" + name.name() + "' is a list of values of several types");
      }
      list.add(ours);
    }
    return list;
  }

  private ExpressionException wrong(Term.Name name, String what) {
    return new ExpressionException(
        Reason.TYPE,
        text,
        name.position(),
        what,
        "Give a boolean, number, percent, duration, text, or a list of one of them.");
  }

  private ExpressionException limit(Term.Name name, String what) {
    return new ExpressionException(
        Reason.LIMIT,
        text,
        name.position(),
        "'" + name.name() + "' has " + what + " are taken",
        "Give less.");
  }
}
