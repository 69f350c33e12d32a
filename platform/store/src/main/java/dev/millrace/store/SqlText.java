package dev.millrace.store;

import java.util.Locale;
import java.util.Set;

/**
 * What the store knows of one statement's text: its first word, its fingerprint, and how that has
 * fared. Thread-safe.
 */
final class SqlText {
  private static final Set<String> REFUSED =
      Set.of(
          "BEGIN",
          "COMMIT",
          "END",
          "ROLLBACK",
          "SAVEPOINT",
          "RELEASE",
          "PRAGMA",
          "ATTACH",
          "DETACH",
          "VACUUM");
  private static final Set<String> DEFINITIONS = Set.of("CREATE", "DROP", "ALTER", "REINDEX");

  final String text;
  final String verb;
  final StatementStats stats;

  SqlText(String text, StatementStats stats) {
    this.text = text;
    this.verb = SqlScanner.firstWord(text).toUpperCase(Locale.ROOT);
    this.stats = stats;
  }

  /** Whether the statement changes the schema, so that prepared statements are stale after it. */
  boolean isDefinition() {
    return DEFINITIONS.contains(verb);
  }

  /**
   * @throws StoreException if a work may not run this
   */
  void requireAllowed() {
    if (REFUSED.contains(verb)) {
      throw new StoreException(
          StoreException.Reason.STATEMENT,
          verb
              + " is not allowed in a work: the store begins, commits and configures by itself; "
              + "end the work normally to commit and throw to roll back");
    }
    if (SqlScanner.hasSecondStatement(text)) {
      throw new StoreException(
          StoreException.Reason.STATEMENT,
          "only one statement at a time, but more follows the ';' in: " + shortened());
    }
  }

  /** The statement for a message, without the values that stand in its text. */
  String shortened() {
    String line = SqlScanner.fingerprint(text);
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
