package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;

/** A database file that nobody uses: a backup, or one about to be put in place. */
record BackupFile(Path file) {
  private static final int PROBLEMS_NAMED = 5;

  /** What a sound backup holds. */
  record Content(Position position, Map<String, Long> rows) {}

  /**
   * Reads the whole file.
   *
   * @throws StoreException {@code CORRUPT} if anything in it is damaged
   */
  Content verify() {
    if (!Files.isRegularFile(file)) {
      throw new StoreException(Reason.IO, "there is no file " + file + "; name a backup");
    }
    var sqlite = new SQLiteConfig();
    sqlite.setReadOnly(true);
    try (Connection connection = sqlite.createConnection("jdbc:sqlite:" + file)) {
      requireSound(strings(connection, "PRAGMA integrity_check(" + PROBLEMS_NAMED + ")"));
      List<String> orphans = strings(connection, "PRAGMA foreign_key_check");
      if (!orphans.isEmpty()) {
        throw damaged("rows of " + orphans.getFirst() + " point to rows that are missing");
      }
      return new Content(position(connection), rows(connection));
    } catch (SQLException failure) {
      throw Errors.of(failure, "verifying " + file);
    }
  }

  private void requireSound(List<String> said) {
    if (!said.equals(List.of("ok"))) {
      throw damaged(String.join("; ", said));
    }
  }

  private StoreException damaged(String what) {
    return new StoreException(
        Reason.CORRUPT, file + " is damaged: " + what + "; use another backup");
  }

  /** Starts a new history in the file and leaves it as one file without a log. */
  Position restartHistory() {
    try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = DELETE");
      statement.execute("PRAGMA synchronous = FULL");
      statement.executeUpdate(HistoryTable.restartSql());
      return position(connection);
    } catch (SQLException failure) {
      throw Errors.of(failure, "starting a new history in " + file);
    }
  }

  private static Position position(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HistoryTable.LOAD)) {
      if (!row.next()) {
        throw new StoreException(
            Reason.CORRUPT, "the file has no history; it is no backup of a Millrace database");
      }
      return new Position(row.getLong(1), row.getLong(2));
    }
  }

  private static Map<String, Long> rows(Connection connection) throws SQLException {
    var counts = new TreeMap<String, Long>();
    List<String> tables =
        strings(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
                + " ESCAPE '\\'");
    for (String table : tables) {
      String quoted = '"' + table.replace("\"", "\"\"") + '"';
      counts.put(
          table, Long.valueOf(strings(connection, "SELECT count(*) FROM " + quoted).getFirst()));
    }
    return counts;
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
