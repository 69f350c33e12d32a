package dev.millrace.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Takes the current row. It must not move the cursor or keep the result set. */
@FunctionalInterface
public interface RowConsumer {
  void accept(ResultSet row) throws SQLException;
}
