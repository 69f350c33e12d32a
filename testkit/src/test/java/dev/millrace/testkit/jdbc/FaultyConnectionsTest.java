package dev.millrace.testkit.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Signal;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Over a driver that only remembers what reached it; the store's tests use a real one. */
class FaultyConnectionsTest {
  private final List<String> reached = new ArrayList<>();
  private final FaultyConnections faults = new FaultyConnections();
  private final Connection connection = faults.over(driver());

  private Connection driver() {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, args) ->
                switch (method.getName()) {
                  case "prepareStatement" -> statement(PreparedStatement.class, (String) args[0]);
                  case "createStatement" -> statement(Statement.class, null);
                  case "close" -> reached.add("close");
                  default -> throw new SQLException(method.getName());
                });
  }

  private Object statement(Class<?> type, String prepared) {
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {type},
        (_, method, args) -> {
          if (!method.getName().startsWith("execute")) {
            return null;
          }
          reached.add(prepared != null ? prepared : (String) args[0]);
          return method.getReturnType() == int.class ? 1 : true;
        });
  }

  private void run(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  @Test
  void failsTheChosenStatementBeforeItReachesTheDriver() throws Exception {
    Signal struck = faults.before("commit").at(2).fails(() -> new SQLException("disk", "X", 1034));
    run("COMMIT");
    run("INSERT");
    assertThat(struck.isRaised()).isFalse();
    assertThatThrownBy(() -> run("COMMIT"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1034));
    assertThat(struck.isRaised()).isTrue();
    run("COMMIT");
    assertThat(reached).containsExactly("COMMIT", "INSERT", "COMMIT");
  }

  @Test
  void failsAfterTheDriverHasDoneIt() throws Exception {
    faults.after("COMMIT").fails(() -> new SQLException("too late"));
    assertThatThrownBy(() -> run("COMMIT")).hasMessage("too late");
    assertThat(reached).containsExactly("COMMIT");
  }

  @Test
  void failsPlainStatementsUntilItIsCleared() throws Exception {
    faults.before("wal_checkpoint").always().fails(() -> new SQLException("no"));
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> statement.execute("PRAGMA wal_checkpoint")).hasMessage("no");
      }
      faults.clear();
      assertThat(statement.execute("PRAGMA wal_checkpoint")).isTrue();
    }
    assertThat(reached).hasSize(1);
  }

  @Test
  void holdsAStatementUpUntilItsSignal() throws Exception {
    var release = new Signal("release");
    Signal struck = faults.before("INSERT").waitsFor(release);
    var done = new Signal("done");
    Thread thread =
        Thread.startVirtualThread(() -> {
          try {
            run("INSERT");
            done.raise();
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        });
    struck.await();
    assertThat(done.isRaised()).isFalse();
    release.raise();
    thread.join();
    assertThat(done.isRaised()).isTrue();
  }

  @Test
  void cutsTheConnection() {
    faults.before("COMMIT").cutsConnection();
    assertThatThrownBy(() -> run("COMMIT"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
    assertThat(reached).containsExactly("close");
  }

  @Test
  void passesTheDriversOwnFailuresOn() {
    assertThatThrownBy(connection::getCatalog).isInstanceOf(SQLException.class);
  }

  @Test
  void refusesAPointThatIsNone() {
    assertThatThrownBy(() -> faults.before("x").at(0)).hasMessageContaining("1 or more");
  }
}
