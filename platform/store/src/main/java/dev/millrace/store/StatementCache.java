package dev.millrace.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The prepared statements of one connection, the least recently used dropped first. Confined to the
 * connection's thread.
 */
final class StatementCache {
  private final Connection connection;
  private final int limit;
  private final LinkedHashMap<String, Prepared> kept = new LinkedHashMap<>(64, 0.75f, true);

  StatementCache(Connection connection, int limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /** A statement ready to be bound; a second one if the first is being read from. */
  Prepared take(SqlText sql) throws SQLException {
    Prepared found = kept.get(sql.text);
    if (found != null && !found.busy) {
      return found;
    }
    sql.requireAllowed();
    var made = new Prepared(sql, connection.prepareStatement(sql.text));
    if (found == null) {
      kept.put(sql.text, made);
      dropEldest();
    }
    return made;
  }

  /** Closes what {@link #take} made beside a busy statement; keeps the others. */
  void giveBack(Prepared statement) {
    statement.busy = false;
    if (kept.get(statement.sql.text) != statement) {
      close(statement);
    }
  }

  /** The driver closes a statement that failed, so it cannot be used again. */
  void drop(Prepared statement) {
    kept.remove(statement.sql.text, statement);
    close(statement);
  }

  void clear() {
    List<Prepared> all = new ArrayList<>(kept.values());
    for (Prepared statement : all) {
      if (!statement.busy) {
        drop(statement);
      }
    }
  }

  private void dropEldest() {
    if (kept.size() <= limit) {
      return;
    }
    Prepared unused = null;
    for (Map.Entry<String, Prepared> entry : kept.entrySet()) {
      if (!entry.getValue().busy) {
        unused = entry.getValue();
        break;
      }
    }
    if (unused != null) {
      drop(unused);
    }
  }

  private static void close(Prepared statement) {
    try {
      statement.statement.close();
    } catch (SQLException ignored) {
      // A statement that failed reports that failure once more when it is closed.
    }
  }
}
