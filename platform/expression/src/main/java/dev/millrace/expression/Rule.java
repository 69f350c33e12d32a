package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import java.util.List;
import java.util.Map;

/** What one metric must be: an operator and what stands behind it. Immutable. */
record Rule(String text, Operator operator, Object operand) {
  /** The two-character ones first, or {@code >=90} would be read as {@code >} and {@code =90}. */
  private static final List<String> SIGNS = List.of(">=", "<=", "==", "!=", ">", "<");

  static Rule of(Object given) {
    if (given instanceof String text) {
      return parse(text);
    }
    Object operand =
        new GivenValues("rule", Map.of("rule", given), ExpressionLimits.defaults())
            .require(new Term.Name("rule", ValueType.ANY, 0));
    return new Rule(Values.shown(operand), Operator.EQUAL, operand);
  }

  private static Rule parse(String text) {
    String rule = text.strip();
    for (String sign : SIGNS) {
      Operator operator = Operator.of(sign);
      if (operator != null && rule.startsWith(sign)) {
        return new Rule(rule, operator, operand(rule, sign, operator));
      }
    }
    if (rule.startsWith("=")) {
      throw new ExpressionException(
          Reason.SYNTAX,
          rule,
          0,
          "a rule begins with '='",
          "Use ==, >=, <=, >, <, != or the value alone.");
    }
    return new Rule(rule, Operator.EQUAL, operand(rule, "", Operator.EQUAL));
  }

  private static Object operand(String rule, String sign, Operator operator) {
    int start = sign.length();
    String operand = rule.substring(start).strip();
    if (operand.isEmpty()) {
      throw new ExpressionException(
          Reason.SYNTAX,
          rule,
          start,
          "there is no value" + (sign.isEmpty() ? "" : " behind '" + sign + "'"),
          "Write a rule such as >=90.");
    }
    boolean equality = operator == Operator.EQUAL || operator == Operator.UNEQUAL;
    try {
      Expression literal = Expressions.over(Map.of()).compile(operand);
      return literal.evaluate(Map.of());
    } catch (ExpressionException noLiteral) {
      if (equality && !looksLikeLiteral(operand)) {
        return operand;
      }
      throw new ExpressionException(
          noLiteral.reason() == Reason.UNKNOWN_NAME ? Reason.TYPE : noLiteral.reason(),
          rule,
          rule.length() - operand.length() + noLiteral.position(),
          "'" + Values.shortened(operand) + "' is nothing to compare a metric with",
          noLiteral.reason() == Reason.UNKNOWN_NAME
              ? "Write a number, percentage or duration behind " + sign + ", such as 90 or 5 min."
              : noLiteral.remedy());
    }
  }

  private static boolean looksLikeLiteral(String operand) {
    char first = operand.charAt(0);
    return first == '\'' || first == '"' || (first >= '0' && first <= '9');
  }
}
