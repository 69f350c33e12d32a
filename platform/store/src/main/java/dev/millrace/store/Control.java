package dev.millrace.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A statement that begins or ends transactions. The driver closes a statement that failed, so it is
 * prepared again after each failure. Confined to the connection's thread.
 */
final class Control {
  private final Connection connection;
  private final String sql;
  private PreparedStatement statement;

  Control(Connection connection, String sql) throws SQLException {
    this.connection = connection;
    this.sql = sql;
    this.statement = connection.prepareStatement(sql);
  }

  void run() throws SQLException {
    try {
      statement.executeUpdate();
    } catch (SQLException failure) {
      try {
        statement.close();
      } catch (SQLException ignored) {
        // It reports the same failure again.
      }
      statement = connection.prepareStatement(sql);
      throw failure;
    }
  }
}
