package dev.millrace.expression;

/**
 * What one expression may cost, so that a stranger's text can neither hang nor exhaust the process.
 * Immutable.
 *
 * @param characters of the text
 * @param depth of brackets, calls and negations inside each other
 * @param steps operations of one evaluation; each element of a list that is looked at is one
 * @param listSize elements of a list that is given
 * @param textSize characters of a text that is given or made
 */
public record ExpressionLimits(int characters, int depth, int steps, int listSize, int textSize) {
  private static final ExpressionLimits DEFAULTS =
      new ExpressionLimits(4_000, 50, 100_000, 10_000, 100_000);

  public ExpressionLimits {
    check("characters", characters, 1, 100_000);
    check("depth", depth, 1, 200);
    check("steps", steps, 1, 100_000_000);
    check("listSize", listSize, 0, 1_000_000);
    check("textSize", textSize, 0, 10_000_000);
  }

  public static ExpressionLimits defaults() {
    return DEFAULTS;
  }

  private static void check(String field, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "expression limits: " + field + " is " + value + "; use " + min + " to " + max);
    }
  }
}
