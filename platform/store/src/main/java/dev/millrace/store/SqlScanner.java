package dev.millrace.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads SQL text just far enough to find words, literals, comments and the ends of statements. It
 * does not parse: what it does not know it leaves alone.
 */
final class SqlScanner {
  private final String sql;
  private int at;

  /** Where the token that {@link #next} found begins. */
  private int start;

  private enum Kind {
    WORD,
    NUMBER,
    TEXT,
    PARAMETER,
    SYMBOL,
    END
  }

  private SqlScanner(String sql) {
    this.sql = sql;
  }

  /** The first word, empty if there is none. */
  static String firstWord(String sql) {
    var scanner = new SqlScanner(sql);
    return scanner.next() == Kind.WORD ? scanner.token() : "";
  }

  /** Whether anything but comments follows the end of the first statement. */
  static boolean hasSecondStatement(String sql) {
    if (sql.indexOf(';') < 0) {
      return false;
    }
    return statements(sql).size() > 1;
  }

  /** The statements of a script, without their semicolons; the body of a trigger stays whole. */
  static List<String> statements(String script) {
    var found = new ArrayList<String>();
    var scanner = new SqlScanner(script);
    int from = -1;
    int words = 0;
    boolean trigger = false;
    boolean create = false;
    String previous = "";
    for (Kind kind = scanner.next(); kind != Kind.END; kind = scanner.next()) {
      String token = kind == Kind.WORD ? scanner.token().toUpperCase(Locale.ROOT) : "";
      boolean semicolon = kind == Kind.SYMBOL && scanner.sql.charAt(scanner.start) == ';';
      if (from < 0 && !semicolon) {
        from = scanner.start;
        words = 0;
        create = token.equals("CREATE");
        trigger = false;
      }
      if (kind == Kind.WORD && ++words <= 3) {
        trigger |= create && token.equals("TRIGGER");
      }
      // A trigger ends with END after a semicolon; the END of a CASE follows something else.
      if (semicolon && from >= 0 && (!trigger || previous.equals("; END"))) {
        found.add(script.substring(from, scanner.start).strip());
        from = -1;
      }
      previous = semicolon ? ";" : previous.equals(";") && token.equals("END") ? "; END" : "";
    }
    if (from >= 0) {
      found.add(script.substring(from).strip());
    }
    return found;
  }

  /**
   * The text with literals and parameters as {@code ?}, lists of them folded to one, comments
   * dropped and white space as one blank: equal for statements that differ in values only.
   */
  static String fingerprint(String sql) {
    var scanner = new SqlScanner(sql);
    var out = new StringBuilder(Math.min(sql.length(), 512));
    for (Kind kind = scanner.next(); kind != Kind.END; kind = scanner.next()) {
      String token =
          switch (kind) {
            case NUMBER, TEXT, PARAMETER -> "?";
            case WORD, SYMBOL, END -> scanner.token();
          };
      append(out, token);
    }
    return fold(out.toString());
  }

  private static void append(StringBuilder out, String token) {
    char first = token.charAt(0);
    boolean tight =
        out.isEmpty()
            || first == ','
            || first == ')'
            || first == '.'
            || out.charAt(out.length() - 1) == '('
            || out.charAt(out.length() - 1) == '.';
    if (!tight) {
      out.append(' ');
    }
    out.append(token);
  }

  /** Folds {@code (?, ?, ?)} to {@code (?…)} and repeated rows of VALUES to the first. */
  private static String fold(String text) {
    if (!text.contains("?, ?") && !text.contains("), (")) {
      return text;
    }
    String folded = text.replaceAll("\\(\\?(?:, \\?)+\\)", "(?…)");
    return folded.replaceAll("(\\(\\?…?\\))(?:, \\(\\?…?\\))+", "$1…");
  }

  private String token() {
    return sql.substring(start, at);
  }

  private Kind next() {
    skipBlanksAndComments();
    start = at;
    if (at >= sql.length()) {
      return Kind.END;
    }
    char c = sql.charAt(at);
    if (Character.isLetter(c) || c == '_') {
      if ((c == 'x' || c == 'X') && at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
        at++;
        return quoted('\'', Kind.TEXT);
      }
      return run(Kind.WORD);
    }
    if (Character.isDigit(c)) {
      return number();
    }
    return switch (c) {
      case '\'' -> quoted('\'', Kind.TEXT);
      case '"' -> quoted('"', Kind.WORD);
      case '`' -> quoted('`', Kind.WORD);
      case '[' -> quoted(']', Kind.WORD);
      case '?', ':', '@', '$' -> {
        at++;
        yield run(Kind.PARAMETER);
      }
      default -> {
        at++;
        yield Kind.SYMBOL;
      }
    };
  }

  private Kind run(Kind kind) {
    while (at < sql.length() && isWordPart(sql.charAt(at))) {
      at++;
    }
    return kind;
  }

  private Kind number() {
    while (at < sql.length()
        && (isWordPart(sql.charAt(at))
            || sql.charAt(at) == '.'
            || (isSign(sql.charAt(at)) && isExponent(sql.charAt(at - 1))))) {
      at++;
    }
    return Kind.NUMBER;
  }

  private boolean isExponent(char c) {
    return (c == 'e' || c == 'E') && !sql.startsWith("0x", start);
  }

  private static boolean isSign(char c) {
    return c == '+' || c == '-';
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private Kind quoted(char close, Kind kind) {
    at++;
    while (at < sql.length()) {
      if (sql.charAt(at++) == close) {
        if (at < sql.length() && sql.charAt(at) == close && close != ']') {
          at++;
        } else {
          return kind;
        }
      }
    }
    return kind;
  }

  private void skipBlanksAndComments() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else {
        return;
      }
    }
  }
}
