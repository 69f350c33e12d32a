package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import dev.millrace.testkit.jdbc.FaultyConnections;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The log is folded into the file beside the writer. */
class FoldingTest {
  private static final int LOG_PAGES = 100;

  @TempDir Path folder;
  private final FaultyConnections faults = new FaultyConnections();
  private final FaultyConnections writersFaults = new FaultyConnections();
  private StoreFiles files;
  private Store store;

  @BeforeEach
  void open() {
    Path file = folder.resolve("f.db");
    files = new StoreFiles(file);
    store =
        SqliteStore.open(
            StoreConfig.defaults(file).withWal(LOG_PAGES, 64 << 20),
            Instruments.system(),
            (role, connection) ->
                switch (role) {
                  case FOLDING -> faults.over(connection);
                  case WRITER -> writersFaults.over(connection);
                  case READER -> connection;
                });
    store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"));
  }

  @AfterEach
  void close() {
    faults.clear();
    writersFaults.clear();
    store.close();
  }

  private void write(int kilobytes) {
    String value = "x".repeat(1 << 10);
    for (int i = 0; i < kilobytes; i += 32) {
      store.write(tx -> {
        for (int row = 0; row < 32; row++) {
          tx.update("INSERT INTO t (v) VALUES (?)", value);
        }
      });
    }
  }

  /** Whether another connection could begin to write, as the store's would not let it. */
  private boolean couldWrite() {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("f.db"));
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("ROLLBACK");
      return true;
    } catch (SQLException busy) {
      return false;
    }
  }

  /** Whole only because a COMMIT that folds would wait for the one who folds already. */
  @Test
  void writesGoOnWhileTheLogIsFolded() throws Exception {
    var release = new Signal("release");
    Signal folding = faults.before("wal_checkpoint(PASSIVE)").waitsFor(release);
    write(1_000);
    folding.await();
    write(1_000);
    assertThat(files.logBytes()).isGreaterThan(2_000 << 10);
    release.raise();
    Signal.awaitUntil("folded", () -> files.logBytes() < 500 << 10);
  }

  @Test
  void theWriterIsHeldForNoLongerThanAMomentThoughFoldingTakesLong() throws Exception {
    var release = new Signal("release");
    // The first pass is made beside the writer, the second while it is held.
    Signal held = faults.before("wal_checkpoint(PASSIVE)").at(2).waitsFor(release);
    write(600);
    held.await();
    write(600);
    release.raise();
    write(600);
    Signal.awaitUntil("folded", () -> files.logBytes() < 2_000 << 10);
  }

  @Test
  void theWriterItselfFoldsNothing() throws Exception {
    Signal folds =
        writersFaults
            .before("wal_checkpoint(PASSIVE)")
            .always()
            .fails(() -> new SQLiteException("not here", SQLiteErrorCode.SQLITE_BUSY));
    write(8_000);
    Signal.awaitUntil("the log begins anew", () -> files.logBytes() < 2_000 << 10);
    assertThat(folds.isRaised()).isFalse();
  }

  @Test
  void writesGoOnThoughTheLogCannotBeCut() throws Exception {
    Signal failed =
        writersFaults
            .before("user_version = ")
            .always()
            .fails(() -> new SQLiteException("no room", SQLiteErrorCode.SQLITE_FULL));
    Signal.awaitUntil(
        "a cut failed",
        () -> {
          write(32);
          return failed.isRaised();
        });
    Signal.awaitUntil("no transaction is left open", this::couldWrite);
    write(320);
    assertThat(store.health().state()).isEqualTo(Health.State.OK);
    writersFaults.clear();
    Signal.awaitUntil(
        "the log is cut",
        () -> {
          write(32);
          return files.logBytes() < 1_000 << 10;
        });
  }

  @Test
  void keepsTheLogShortThoughTheWriterNeverRests() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.startVirtualThread(() -> write(16_000)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(files.logBytes()).isLessThan(32_000 << 10);
    assertThat(store.health().findings()).isEmpty();
    assertThat(store.check()).isEmpty();
  }

  @Test
  void saysThatTheLogCannotBeFoldedAndGoesOn() throws Exception {
    faults
        .before("wal_checkpoint(PASSIVE)")
        .always()
        .fails(() ->
            new SQLiteException("the file cannot be synced", SQLiteErrorCode.SQLITE_IOERR_FSYNC));
    write(1_000);
    Signal.awaitUntil("degraded", () -> store.health().state() == Health.State.DEGRADED);
    assertThat(store.health().findings().getFirst().text())
        .contains("could not be folded")
        .contains("the file cannot be synced")
        .contains("check the disk");
    write(1_000);
    faults.clear();
    Signal.awaitUntil("well again", () -> store.health().state() == Health.State.OK);
    Signal.awaitUntil("folded", () -> files.logBytes() < 500 << 10);
    assertThat(store.check()).isEmpty();
  }
}
