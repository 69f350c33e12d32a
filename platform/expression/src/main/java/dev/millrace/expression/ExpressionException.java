package dev.millrace.expression;

/**
 * An expression, a rule or a value that is refused. The message is for people: what is wrong, at
 * which character, and what to write instead.
 */
public final class ExpressionException extends RuntimeException {
  /** Why, in a closed set; {@link #code} is how it is shown. */
  public enum Reason {
    /** The text does not follow the grammar. */
    SYNTAX("expression-syntax"),
    /** A name that is not declared. */
    UNKNOWN_NAME("expression-name-unknown"),
    /** A function that does not exist. */
    UNKNOWN_FUNCTION("expression-function-unknown"),
    /** A unit that does not exist. */
    UNKNOWN_UNIT("expression-unit-unknown"),
    /** Values of types that do not go together. */
    TYPE("expression-type"),
    /** A name that has no value at evaluation. */
    MISSING_VALUE("expression-value-missing"),
    /** A calculation without a result, such as a division by zero. */
    ARITHMETIC("expression-arithmetic"),
    /** Longer, deeper or dearer than expressions may be. */
    LIMIT("expression-limit");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** The stable, kebab-case code that is shown to clients. */
    public String code() {
      return code;
    }
  }

  private final Reason reason;
  private final String text;
  private final int position;
  private final String remedy;

  ExpressionException(Reason reason, String text, int position, String what, String remedy) {
    super("at character " + (position + 1) + ": " + what + ". " + remedy);
    this.reason = reason;
    this.text = text;
    this.position = position;
    this.remedy = remedy;
  }

  public Reason reason() {
    return reason;
  }

  /** The whole expression. */
  public String text() {
    return text;
  }

  /** Where in {@link #text} it goes wrong, in characters from 0. */
  public int position() {
    return position;
  }

  /** What to do about it, one sentence. */
  public String remedy() {
    return remedy;
  }

  /** The line that goes wrong and a caret below the place, for a terminal. */
  public String excerpt() {
    int at = Math.min(position, text.length());
    int start = text.lastIndexOf('\n', at - 1) + 1;
    int end = text.indexOf('\n', at);
    return text.substring(start, end < 0 ? text.length() : end)
        + "\n"
        + " ".repeat(at - start)
        + "^";
  }
}
