package dev.millrace.bench.tasks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a database says about its own tables, so that no definition is written down twice. */
final class Schema {
  private Schema() {}

  /** The statement that made a table or one of its indexes. */
  record Definition(String sql) {}

  /** The table's definition, then those of its indexes. */
  static List<Definition> of(Connection connection, String table) throws SQLException {
    return texts(
            connection,
            "SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL"
                + " ORDER BY type = 'index'",
            table)
        .stream()
        .map(Definition::new)
        .toList();
  }

  static List<String> columns(Connection connection, String table) throws SQLException {
    return texts(connection, "SELECT name FROM pragma_table_info(?) ORDER BY cid", table);
  }

  private static List<String> texts(Connection connection, String sql, String table)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
    }
    return texts;
  }
}
