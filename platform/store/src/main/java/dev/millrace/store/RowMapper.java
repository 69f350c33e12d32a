package dev.millrace.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Turns the current row into a value. It must not move the cursor or keep the result set. */
@FunctionalInterface
public interface RowMapper<T extends @Nullable Object> {
  T map(ResultSet row) throws SQLException;
}
