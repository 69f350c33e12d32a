package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Signal;
import dev.millrace.testkit.jdbc.FaultyConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log has its length before it is written. */
class LogRoomTest {
  private static final int LOG_PAGES = 700;
  private static final long LOG_BYTES = LOG_PAGES * 4096L;

  @TempDir Path folder;
  private final FaultyConnections faults = new FaultyConnections();

  private Store open(Path file) {
    return SqliteStore.open(
        StoreConfig.defaults(file).withWal(LOG_PAGES, 64 << 20),
        Instruments.system(),
        (role, connection) -> role == Seam.Role.WRITER ? faults.over(connection) : connection);
  }

  @Test
  void commitsWriteOverWhatIsThere() throws Exception {
    Path file = folder.resolve("r.db");
    var files = new StoreFiles(file);
    Path asKilled = Files.createDirectory(folder.resolve("killed"));
    try (Store store = open(file)) {
      store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
      Signal.awaitUntil("the log is long", () -> files.logBytes() == LOG_BYTES);
      for (int i = 0; i < 100; i++) {
        store.write(tx -> tx.update("INSERT INTO t DEFAULT VALUES"));
      }
      assertThat(files.logBytes()).isEqualTo(LOG_BYTES);
      // By another process: to close a descriptor of the database would drop this one's locks.
      var copy = new ProcessBuilder("cp", file.toString(), files.log().toString(), asKilled + "/");
      assertThat(copy.start().waitFor()).isZero();
    }
    Path left = asKilled.resolve("r.db");
    assertThat(new StoreFiles(left).logBytes()).isEqualTo(LOG_BYTES);
    try (Store store = open(left)) {
      assertThat(store.<Long, RuntimeException>read(view -> view.number("SELECT count(*) FROM t")))
          .isEqualTo(100);
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void leavesTheLastRoomOfADiskToData() throws Exception {
    var files = new StoreFiles(folder.resolve("r.db"));
    try (Store store = open(files.file())) {
      store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
      Signal.awaitUntil("the log is long", () -> files.logBytes() == LOG_BYTES);
      assertThat(new LogRoom(files, null, files.freeBytes() / 5).grow()).isFalse();
      assertThat(files.logBytes()).isEqualTo(LOG_BYTES);
    }
  }

  @Test
  void noProcessWritesWhileItGrows() throws Exception {
    Path file = folder.resolve("r.db");
    try (Store store = open(file)) {
      var release = new Signal("release");
      Signal grown = faults.before("ROLLBACK").waitsFor(release);
      store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
      grown.await();
      assertThat(new StoreFiles(file).logBytes()).isGreaterThanOrEqualTo(1 << 20);
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = other.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 0");
        assertThatThrownBy(() -> statement.execute("BEGIN IMMEDIATE"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("locked");
      } finally {
        release.raise();
      }
    }
  }
}
