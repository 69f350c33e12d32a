package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A compiled expression: checked once, evaluated with values as often as wanted. It reads the
 * values it is given and nothing else, changes nothing, and always ends. Immutable and thread-safe.
 */
public final class Expression {
  private final String text;
  private final Term term;
  private final ValueType type;
  private final Set<String> names;
  private final ExpressionLimits limits;
  private final Checker atEvaluation;

  Expression(String text, Term term, ExpressionLimits limits) {
    this.text = text;
    this.term = term;
    this.limits = limits;
    var read = new TreeSet<String>();
    type = new Checker(text, read).check(term);
    names = Collections.unmodifiableSet(read);
    atEvaluation = new Checker(text, Set.of());
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** What it answers; {@link ValueType#ANY} if that depends on the values. */
  public ValueType type() {
    return type;
  }

  /** The names that it reads, sorted. */
  public Set<String> names() {
    return names;
  }

  /**
   * What it answers for {@code values}: a Boolean, {@link BigDecimal}, {@link Percent}, Duration,
   * String or List of these.
   *
   * @param values by name; a dotted name may also be found in maps within maps. Null is missing
   * @throws ExpressionException if a value is missing or of another type, or the calculation has no
   *     result or costs too much
   */
  public Object evaluate(Map<String, ?> values) {
    var given = new GivenValues(text, values, limits);
    return new Evaluation(text, atEvaluation, given, limits).value(term);
  }

  /**
   * Whether the condition holds.
   *
   * @throws ExpressionException as {@link #evaluate} does, and if this is no condition
   */
  public boolean test(Map<String, ?> values) {
    Object value = evaluate(values);
    if (value instanceof Boolean holds) {
      return holds;
    }
    throw atEvaluation.noCondition(term.position(), Values.typeOf(value));
  }

  /**
   * The number that the formula gives.
   *
   * @throws ExpressionException as {@link #evaluate} does, and if this is no number
   */
  public BigDecimal number(Map<String, ?> values) {
    Object value = evaluate(values);
    if (value instanceof BigDecimal number) {
      return number;
    }
    throw new ExpressionException(
        Reason.TYPE,
        text,
        term.position(),
        "this is a " + Values.typeOf(value) + " and no number",
        "Write a formula that gives a number.");
  }

  Term term() {
    return term;
  }

  @Override
  public String toString() {
    return text;
  }
}
