package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into words. */
final class Lexer {
  private static final List<String> LONG_SYMBOLS = List.of("&&", "||", "==", "!=", "<=", ">=");
  private static final String SYMBOLS = "<>!+-*/%?:()[],";

  private final String text;
  private int at;

  /** What follows a number is a unit and ends at the next digit, as in 1min30s. */
  private boolean behindNumber;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> words(String text) {
    var lexer = new Lexer(text);
    var words = new ArrayList<Token>();
    Token word;
    do {
      word = lexer.next();
      words.add(word);
      lexer.behindNumber = word.kind() == Token.Kind.NUMBER;
    } while (word.kind() != Token.Kind.END);
    return words;
  }

  private Token next() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at >= text.length()) {
      return new Token(Token.Kind.END, "", text.length());
    }
    char c = text.charAt(at);
    if (isDigit(c)) {
      return number();
    }
    if (isNameStart(c) && !(behindNumber && c == '_')) {
      return name();
    }
    if (c == '\'' || c == '"') {
      return quoted(c);
    }
    return symbol();
  }

  private Token number() {
    int start = at;
    while (at < text.length() && (isDigit(text.charAt(at)) || isGroupMark())) {
      at++;
    }
    if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
      at++;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
    }
    String digits = text.substring(start, at).replace("_", "");
    if (digits.length() > Values.DIGITS) {
      throw new ExpressionException(
          Reason.LIMIT,
          text,
          start,
          "the number has " + digits.length() + " digits",
          "Use up to " + Values.DIGITS + ".");
    }
    return new Token(Token.Kind.NUMBER, digits, start);
  }

  /** An underscore between two digits. */
  private boolean isGroupMark() {
    return text.charAt(at) == '_' && at + 1 < text.length() && isDigit(text.charAt(at + 1));
  }

  /** Letters of any script, digits, underscores, and dots between such words. */
  private Token name() {
    int start = at;
    while (at < text.length() && (isNamePart(text.charAt(at)) || isInnerDot())) {
      if (behindNumber && !Character.isLetter(text.charAt(at))) {
        break;
      }
      at++;
    }
    return new Token(Token.Kind.NAME, text.substring(start, at), start);
  }

  private boolean isInnerDot() {
    return text.charAt(at) == '.' && at + 1 < text.length() && isNameStart(text.charAt(at + 1));
  }

  private Token quoted(char quote) {
    int start = at;
    at++;
    var said = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at);
      said.append(c == '\\' ? escaped() : c);
      at++;
    }
    if (at >= text.length()) {
      throw syntax(start, "this text does not end", "Close it with " + quote + ".");
    }
    at++;
    return new Token(Token.Kind.TEXT, said.toString(), start);
  }

  private char escaped() {
    at++;
    return switch (at < text.length() ? text.charAt(at) : ' ') {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '\\' -> '\\';
      case '\'' -> '\'';
      case '"' -> '"';
      default ->
          throw syntax(
              at - 1, "a backslash begins nothing known", "Use \\n, \\t, \\\\, \\' or \\\".");
    };
  }

  private Token symbol() {
    int start = at;
    for (String symbol : LONG_SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += 2;
        return new Token(Token.Kind.SYMBOL, symbol, start);
      }
    }
    char c = text.charAt(at);
    if (SYMBOLS.indexOf(c) < 0) {
      throw syntax(
          start,
          "'" + Character.toString(text.codePointAt(at)) + "' means nothing here",
          switch (c) {
            case '=' -> "Compare with ==.";
            case '&' -> "Write && or 'and'.";
            case '|' -> "Write || or 'or'.";
            default -> "Remove it, or put it into quotes if it belongs to a text.";
          });
    }
    at++;
    return new Token(Token.Kind.SYMBOL, String.valueOf(c), start);
  }

  private ExpressionException syntax(int position, String what, String remedy) {
    return new ExpressionException(Reason.SYNTAX, text, position, what, remedy);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
