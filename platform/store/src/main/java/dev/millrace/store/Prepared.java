package dev.millrace.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One prepared statement of one connection. */
final class Prepared {
  final SqlText sql;
  final PreparedStatement statement;

  /** Set while rows are read from it, so that it is not started again in between. */
  boolean busy;

  private final int parameters;

  Prepared(SqlText sql, PreparedStatement statement) throws SQLException {
    this.sql = sql;
    this.statement = statement;
    this.parameters = statement.getParameterMetaData().getParameterCount();
  }

  /** Binds all arguments; the driver would silently keep those of the last run instead. */
  void bind(@Nullable Object[] args) throws SQLException {
    if (args.length != parameters) {
      throw new StoreException(
          StoreException.Reason.STATEMENT,
          "the statement has "
              + parameters
              + " parameters but "
              + args.length
              + " arguments were given: "
              + sql.shortened());
    }
    for (int i = 0; i < args.length; i++) {
      bind(i + 1, args[i]);
    }
  }

  private void bind(int position, @Nullable Object value) throws SQLException {
    switch (value) {
      case null -> statement.setObject(position, null);
      case String text -> statement.setString(position, text);
      case Long number -> statement.setObject(position, number);
      case Integer number -> statement.setObject(position, number);
      case Double number -> statement.setObject(position, number);
      case Boolean truth -> statement.setInt(position, truth ? 1 : 0);
      case byte[] bytes -> statement.setBytes(position, bytes);
      default ->
          throw new StoreException(
              StoreException.Reason.STATEMENT,
              "argument "
                  + position
                  + " is a "
                  + value.getClass().getName()
                  + "; use null, String, Integer, Long, Double, Boolean or byte[] in: "
                  + sql.shortened());
    }
  }
}
