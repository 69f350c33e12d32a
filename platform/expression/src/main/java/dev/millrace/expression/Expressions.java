package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compiles expressions over declared names. Immutable and thread-safe.
 *
 * <pre>{@code
 * var gates = Expressions.over(Map.of("coverage", ValueType.PERCENT, "wait", ValueType.DURATION));
 * Expression gate = gates.condition("coverage >= 80% && wait < 5 min");
 * boolean passed = gate.test(Map.of("coverage", 85.5, "wait", Duration.ofMinutes(2)));
 * }</pre>
 */
public final class Expressions {
  private final NameTable names;
  private final ExpressionLimits limits;

  private Expressions(NameTable names, ExpressionLimits limits) {
    this.names = names;
    this.limits = limits;
  }

  /**
   * Expressions that may read these names and no others.
   *
   * @throws IllegalArgumentException if a name could not be written in an expression
   */
  public static Expressions over(Map<String, ValueType> names) {
    var types = new LinkedHashMap<String, ValueType>();
    names.forEach((name, type) -> {
      checkName(name);
      types.put(name, type);
    });
    return new Expressions(new NameTable(types, false), ExpressionLimits.defaults());
  }

  /** Expressions over names that only the values will tell, of any type. */
  public static Expressions open() {
    return new Expressions(new NameTable(Map.of(), true), ExpressionLimits.defaults());
  }

  private static void checkName(String name) {
    boolean readable = false;
    try {
      readable =
          Parser.parse(name, new NameTable(Map.of(), true), ExpressionLimits.defaults())
                  instanceof Term.Name(String read, _, _)
              && read.equals(name);
    } catch (ExpressionException _) {
      // The refusal below says it in terms of a declaration.
    }
    if (!readable) {
      throw new IllegalArgumentException(
          "the name '"
              + Values.shortened(name)
              + "' cannot be written in an expression; use letters, digits and underscores, words"
              + " joined by dots, and none of and, or, not, in, true, false");
    }
  }

  /** The same with other limits. */
  public Expressions withLimits(ExpressionLimits limits) {
    return new Expressions(names, limits);
  }

  /** The declared names, sorted. */
  public Set<String> names() {
    return new TreeSet<>(names.types().keySet());
  }

  /**
   * Compiles {@code text}.
   *
   * @throws ExpressionException naming the place and the remedy
   */
  public Expression compile(String text) {
    if (text.length() > limits.characters()) {
      throw new ExpressionException(
          Reason.LIMIT,
          text,
          limits.characters(),
          "the expression has " + text.length() + " characters",
          "Use up to " + limits.characters() + ".");
    }
    return new Expression(text, Parser.parse(text, names, limits), limits);
  }

  /**
   * Compiles {@code text}, which answers true or false.
   *
   * @throws ExpressionException naming the place and the remedy
   */
  public Expression condition(String text) {
    return compile(text, ValueType.BOOLEAN, "a condition");
  }

  /**
   * Compiles {@code text}, which answers a number.
   *
   * @throws ExpressionException naming the place and the remedy
   */
  public Expression formula(String text) {
    return compile(text, ValueType.NUMBER, "a formula of a number");
  }

  private Expression compile(String text, ValueType wanted, String what) {
    Expression expression = compile(text);
    if (!wanted.takes(expression.type())) {
      throw new ExpressionException(
          Reason.TYPE,
          text,
          expression.term().position(),
          "this is a " + expression.type() + ", and " + what + " is wanted",
          ValueType.BOOLEAN.equals(wanted)
              ? "Compare it with something, as in x > 0."
              : "Write something that can be counted.");
    }
    return expression;
  }
}
