package dev.millrace.store;

import dev.millrace.store.spi.Dialect;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** SQLite's words. */
final class SqliteDialect implements Dialect {
  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public StoreException.Reason reason(SQLException failure) {
    return Errors.reason(failure);
  }

  @Override
  public String deletePiece(String table, String where) {
    return "DELETE FROM %1$s WHERE rowid IN (SELECT rowid FROM %1$s WHERE %2$s LIMIT ?)"
        .formatted(table, where);
  }

  @Override
  public Map<String, String> changeTriggers(String table, List<String> key, List<String> columns) {
    return SqliteChangeTriggers.of(table, key, columns);
  }

  @Override
  public String changeTriggersPresent() {
    return "SELECT name, tbl_name, sql FROM sqlite_master"
        + " WHERE type = 'trigger' AND name LIKE 'millrace\\_follow\\_%' ESCAPE '\\'";
  }
}
