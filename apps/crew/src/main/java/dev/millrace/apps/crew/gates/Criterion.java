package dev.millrace.apps.crew.gates;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule for one metric. Immutable.
 *
 * <p>Rules are {@code >90}, {@code >=90}, {@code <5}, {@code <=5}, {@code ==x}, {@code true},
 * {@code false}, or a value that must be equal. Numbers are compared as numbers, everything else as
 * text.
 */
public record Criterion(String metric, String rule, Operator operator, String wanted) {
  /** How the metric and the wanted value are compared. */
  public enum Operator {
    // Those of two characters first: "=90" is no number.
    AT_LEAST(">="),
    AT_MOST("<="),
    EQUAL("=="),
    MORE(">"),
    LESS("<");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  private static final int LONGEST = 100;

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException naming metric, rule and what would be right
   */
  public static Criterion parse(String metric, String rule) {
    String text = rule.strip();
    if (metric.isBlank() || metric.length() > LONGEST || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the criterion '" + metric + "' is not allowed; use 1 to " + LONGEST + " characters");
    }
    for (Operator operator : Operator.values()) {
      if (text.startsWith(operator.sign)) {
        return of(metric, rule, operator, text.substring(operator.sign.length()).strip());
      }
    }
    return of(metric, rule, Operator.EQUAL, text);
  }

  private static Criterion of(String metric, String rule, Operator operator, String wanted) {
    if (wanted.isEmpty() || (operator != Operator.EQUAL && number(wanted) == null)) {
      throw new IllegalArgumentException(
          "the rule '"
              + rule
              + "' of "
              + metric
              + " is not allowed; write >90, >=90, <5, <=5, ==x, true, false or a value");
    }
    return new Criterion(metric, rule, operator, wanted);
  }

  /** The same entries, whose order stays as it is. */
  public static Map<String, String> inOrder(Map<String, String> criteria) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(criteria));
  }

  /** Metrics and rules in turn. */
  public static Map<String, String> ordered(String... metricsAndRules) {
    Map<String, String> criteria = new LinkedHashMap<>();
    for (int i = 0; i < metricsAndRules.length; i += 2) {
      criteria.put(metricsAndRules[i], metricsAndRules[i + 1]);
    }
    return Collections.unmodifiableMap(criteria);
  }

  /**
   * Why {@code actual}, a number, a truth value or a text, does not fulfil it; empty if it does.
   */
  public Optional<String> failure(@Nullable Object actual) {
    if (actual == null) {
      return Optional.of("'" + metric + "' was not handed in");
    }
    String text = actual.toString().strip();
    Double number = number(text);
    Double limit = number(wanted);
    if (operator == Operator.EQUAL) {
      boolean equal =
          (number != null && limit != null)
              ? Double.compare(number, limit) == 0
              : text.equalsIgnoreCase(wanted);
      return equal
          ? Optional.empty()
          : Optional.of("'" + metric + "' is " + text + " and should be " + wanted);
    }
    if (number == null || limit == null) {
      return Optional.of("'" + metric + "' is '" + text + "', which is no number");
    }
    boolean holds =
        switch (operator) {
          case AT_LEAST -> number >= limit;
          case AT_MOST -> number <= limit;
          case MORE -> number > limit;
          case LESS -> number < limit;
          case EQUAL -> number.equals(limit);
        };
    return holds
        ? Optional.empty()
        : Optional.of("'" + metric + "' is " + text + " and should be " + words() + " " + wanted);
  }

  private String words() {
    return switch (operator) {
      case AT_LEAST -> "at least";
      case AT_MOST -> "at most";
      case MORE -> "more than";
      case LESS -> "less than";
      case EQUAL -> "equal to";
    };
  }

  private static @Nullable Double number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException none) {
      return null;
    }
  }
}
