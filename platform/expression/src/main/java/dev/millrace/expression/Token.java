package dev.millrace.expression;

/**
 * A word of an expression.
 *
 * @param text as written; of a TEXT what it says
 * @param position of its first character, from 0
 */
record Token(Kind kind, String text, int position) {
  enum Kind {
    NUMBER,
    NAME,
    TEXT,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return text.equals(symbol) && (kind == Kind.SYMBOL || kind == Kind.NAME);
  }

  /** As it is shown in a message. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "the text '" + Values.shortened(text) + "'";
      case NUMBER, NAME, SYMBOL -> "'" + Values.shortened(text) + "'";
    };
  }
}
