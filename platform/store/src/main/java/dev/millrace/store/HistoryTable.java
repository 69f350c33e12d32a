package dev.millrace.store;

import java.util.SplittableRandom;

/** The one row that says which history this database has and how many commits it counts. */
final class HistoryTable {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS millrace_history (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        history INTEGER NOT NULL,
        number INTEGER NOT NULL
      )\
      """;
  private static final String START =
      "INSERT INTO millrace_history (id, history, number) VALUES (1, ?, 0) ON CONFLICT DO NOTHING";
  static final String LOAD = "SELECT history, number FROM millrace_history WHERE id = 1";
  private static final String ADVANCE = "UPDATE millrace_history SET number = ? WHERE id = 1";

  private HistoryTable() {}

  /** Makes the table if it is missing. */
  static void create(Session session) {
    session.update(CREATE, new Object[0]);
    session.update(START, new Object[] {newHistory()});
  }

  static Position load(Snapshot snapshot) {
    return snapshot
        .find(LOAD, row -> new Position(row.getLong(1), row.getLong(2)))
        .orElseThrow(() ->
            new StoreException(
                StoreException.Reason.CORRUPT,
                "the table millrace_history is empty; restore a backup"));
  }

  static void advance(Session session, long number) {
    session.update(ADVANCE, new Object[] {number});
  }

  /** Gives the database a new history: what was handed out before means nothing in it. */
  static String restartSql() {
    return "UPDATE millrace_history SET history = " + newHistory() + " WHERE id = 1";
  }

  private static long newHistory() {
    return new SplittableRandom().nextLong();
  }
}
