package dev.millrace.testkit.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Decorates JDBC connections so that chosen statements fail, wait, lose their connection or end the
 * process: {@code faults.before("COMMIT").at(3).fails(…)}. Without a fault in force everything goes
 * through to the driver. Thread-safe as far as the driver is; one object may decorate many
 * connections, which then share the counting.
 */
public final class FaultyConnections {
  private final List<Fault> faults = new CopyOnWriteArrayList<>();

  /** The moment just before a statement whose text contains {@code text}, case ignored, runs. */
  public FaultPoint before(String text) {
    return new FaultPoint(faults::add, FaultPoint.Moment.BEFORE, text);
  }

  /** The moment just after such a statement has succeeded, before the program knows. */
  public FaultPoint after(String text) {
    return new FaultPoint(faults::add, FaultPoint.Moment.AFTER, text);
  }

  /** Lets everything through again. Who waits at a fault goes on waiting for its signal. */
  public void clear() {
    faults.clear();
  }

  /** The same connection, with the faults in its way. */
  public Connection over(Connection connection) {
    return proxy(
        Connection.class,
        (_, method, args) -> {
          Object made = call(connection, method, args);
          return switch (made) {
            case PreparedStatement statement ->
                over(PreparedStatement.class, statement, (String) args[0], connection);
            case Statement statement -> over(Statement.class, statement, null, connection);
            case null, default -> made;
          };
        });
  }

  private <S extends Statement> S over(
      Class<S> type, S statement, @Nullable String prepared, Connection connection) {
    return proxy(
        type,
        (_, method, args) -> {
          if (!method.getName().startsWith("execute")) {
            return call(statement, method, args);
          }
          // A batch of a plain statement has no one text.
          String text = prepared != null ? prepared : args == null ? "" : (String) args[0];
          strike(FaultPoint.Moment.BEFORE, text, connection);
          Object result = call(statement, method, args);
          strike(FaultPoint.Moment.AFTER, text, connection);
          return result;
        });
  }

  private void strike(FaultPoint.Moment moment, String text, Connection connection)
      throws SQLException {
    for (Fault fault : faults) {
      fault.strike(moment, text, connection);
    }
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
