package dev.millrace.store;

import dev.millrace.store.spi.Dialect;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
  public String deletePiece(String table, List<String> key, String where) {
    String row =
        key.isEmpty()
            ? "rowid"
            : key.stream()
                .map(column -> '"' + column.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
    return "DELETE FROM %1$s WHERE (%3$s) IN (SELECT %3$s FROM %1$s WHERE %2$s LIMIT ?)"
        .formatted(table, where, row);
  }

  @Override
  public String rowKey() {
    return "SELECT c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
        + " WHERE t.schema = 'main' AND t.name = ? COLLATE NOCASE AND t.wr = 1 AND c.pk > 0"
        + " ORDER BY c.pk";
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
