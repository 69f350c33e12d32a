package dev.millrace.testkit.jdbc;

import dev.millrace.testkit.Signal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** One fault in force; counts the statements it is about. Thread-safe. */
final class Fault {
  @FunctionalInterface
  interface Action {
    void strike(Connection connection) throws SQLException;
  }

  private final FaultPoint.Moment moment;
  private final String text;
  private final int first;
  private final int times;
  private final Action action;
  private final Signal struck;
  private final AtomicInteger seen = new AtomicInteger();

  Fault(FaultPoint.Moment moment, String text, int first, int times, Action action) {
    this.moment = moment;
    this.text = text.toLowerCase(Locale.ROOT);
    this.first = first;
    this.times = times;
    this.action = action;
    this.struck = new Signal("fault " + moment + " " + text);
  }

  Signal struck() {
    return struck;
  }

  void strike(FaultPoint.Moment now, String sql, Connection connection) throws SQLException {
    if (now == moment && sql.toLowerCase(Locale.ROOT).contains(text) && isDue()) {
      struck.raise();
      action.strike(connection);
    }
  }

  private boolean isDue() {
    int count = seen.incrementAndGet() - first;
    return count >= 0 && count < times;
  }
}
