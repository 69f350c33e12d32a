package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.store.StoreException.Reason;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.jdbc.FaultyConnections;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Faults between the store and its driver, at chosen statements. */
class FaultsTest {
  @TempDir Path folder;
  private final FaultyConnections faults = new FaultyConnections();
  private Store store;

  @BeforeEach
  void open() {
    store = open(faults);
    store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
  }

  private Store open(FaultyConnections between) {
    return SqliteStore.open(
        StoreConfig.defaults(folder.resolve("f.db")),
        Instruments.system(),
        (role, connection) -> role == Seam.Role.WRITER ? between.over(connection) : connection);
  }

  @AfterEach
  void close() {
    faults.clear();
    store.close();
  }

  private static SQLiteException sqlite(SQLiteErrorCode code) {
    return new SQLiteException("[" + code.name() + "] " + code.message, code);
  }

  private void insert(long id) {
    store.write(tx -> tx.update("INSERT INTO t VALUES (?)", id));
  }

  private StoreException refused(long id) {
    return catchThrowableOfType(StoreException.class, () -> insert(id));
  }

  private List<Long> ids() {
    return store.<List<Long>, RuntimeException>read(
        view -> view.query("SELECT id FROM t ORDER BY id", row -> row.getLong(1)));
  }

  @Test
  void leavesNoConnectionOpenWhereverOpeningFails() {
    for (int last = 1; last <= 4; last++) {
      int refused = last;
      var fault = new FaultyConnections();
      fault.before("ROLLBACK").always().fails(() -> sqlite(SQLiteErrorCode.SQLITE_CANTOPEN));
      List<Connection> given = new ArrayList<>();
      StoreConfig config =
          StoreConfig.defaults(folder.resolve("opening-" + last + ".db"))
              .withReaders(2, 10, Duration.ofMinutes(1));
      Seam seam =
          (_, connection) -> {
            given.add(connection);
            return given.size() == refused ? fault.over(connection) : connection;
          };
      assertThatThrownBy(() -> SqliteStore.open(config, Instruments.system(), seam))
          .isInstanceOf(StoreException.class);
      assertThat(given).hasSize(last).allSatisfy(each -> assertThat(each.isClosed()).isTrue());
    }
  }

  @Test
  void namesNoValueThatStandsInAStatement() {
    StoreException failure =
        catchThrowableOfType(
            StoreException.class,
            () -> store.write(tx -> tx.update("INSERT INTO nowhere VALUES ('a secret', 4711)")));
    assertThat(failure).hasMessageContaining("INSERT INTO nowhere VALUES (?");
    assertThat(failure.toString()).doesNotContain("secret").doesNotContain("4711");
  }

  @Test
  void acknowledgesNothingWhileSyncsFailAndTakesWritesAgainAfterwards() {
    faults.before("COMMIT").always().fails(() -> sqlite(SQLiteErrorCode.SQLITE_IOERR_FSYNC));
    Position before = store.position();
    for (long id = 1; id <= 3; id++) {
      StoreException failure = refused(id);
      assertThat(failure.reason()).isEqualTo(Reason.IO);
      assertThat(failure).hasMessageContaining("SQLITE_IOERR_FSYNC").hasMessageContaining("disk");
    }
    assertThat(store.position()).isEqualTo(before);
    assertThat(store.health().state()).isEqualTo(Health.State.FAILED);
    assertThat(store.health().findings().getFirst().text())
        .contains("writes fail since")
        .contains("SQLITE_IOERR_FSYNC");
    assertThat(ids()).isEmpty();
    faults.clear();
    insert(4);
    assertThat(store.health().state()).isEqualTo(Health.State.OK);
    assertThat(ids()).containsExactly(4L);
    assertThat(store.position().number()).isEqualTo(before.number() + 1);
  }

  @Test
  void aGroupWhoseSyncFailedOnceIsWrittenAgain() throws Exception {
    var release = new Signal("release");
    Signal held = faults.before("COMMIT").waitsFor(release);
    Thread first = Thread.startVirtualThread(() -> insert(0));
    held.await();
    var threads = new ArrayList<Thread>();
    var failure = new AtomicReference<Throwable>();
    for (long id = 1; id <= 8; id++) {
      long mine = id;
      threads.add(
          Thread.ofVirtual()
              .uncaughtExceptionHandler((_, e) -> failure.set(e))
              .start(() -> insert(mine)));
    }
    Signal.awaitUntil("queued", () -> ((SqliteStore) store).queuedWrites() == 8);
    faults.before("COMMIT").fails(() -> sqlite(SQLiteErrorCode.SQLITE_IOERR_FSYNC));
    release.raise();
    first.join();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failure.get()).isNull();
    assertThat(ids()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void saysThatTheDiskIsFullAtCommit() {
    faults.before("COMMIT").fails(() -> sqlite(SQLiteErrorCode.SQLITE_FULL));
    assertThat(refused(1).reason()).isEqualTo(Reason.DISK_FULL);
    assertThat(store.health().state()).isEqualTo(Health.State.FAILED);
    insert(1);
    assertThat(ids()).containsExactly(1L);
  }

  @Test
  void saysThatAnotherProcessHoldsTheFile() {
    faults.before("BEGIN IMMEDIATE").fails(() -> sqlite(SQLiteErrorCode.SQLITE_BUSY));
    StoreException failure = refused(1);
    assertThat(failure.reason()).isEqualTo(Reason.LOCKED);
    assertThat(failure).hasMessageContaining("another process");
    insert(1);
    assertThat(ids()).containsExactly(1L);
  }

  @Test
  void aFailedStatementFailsItsWorkAlone() {
    faults.before("INSERT INTO t").fails(() -> sqlite(SQLiteErrorCode.SQLITE_IOERR_WRITE));
    assertThat(refused(1).reason()).isEqualTo(Reason.IO);
    insert(2);
    assertThat(ids()).containsExactly(2L);
  }

  /** A work that ran again would count twice. */
  @Test
  void runsNoWorkAgainWhoseCommitStandsThoughItsAnswerWasLost() {
    faults.after("COMMIT").fails(() -> sqlite(SQLiteErrorCode.SQLITE_IOERR));
    var runs = new AtomicInteger();
    Position position =
        store.write(tx -> {
          runs.incrementAndGet();
          tx.update("INSERT INTO t SELECT coalesce(max(id), 0) + 1 FROM t");
        });
    assertThat(runs).hasValue(1);
    assertThat(store.position()).isEqualTo(position);
    assertThat(ids()).containsExactly(1L);
    assertThat(store.health().state()).isEqualTo(Health.State.OK);
  }

  @Test
  void goesOnAfterARollBackThatFailed() {
    faults.before("ROLLBACK").fails(() -> sqlite(SQLiteErrorCode.SQLITE_IOERR_READ));
    assertThat(
            catchThrowableOfType(
                IllegalStateException.class,
                () ->
                    store.write(tx -> {
                      tx.update("INSERT INTO t VALUES (1)");
                      throw new IllegalStateException("no");
                    })))
        .hasMessage("no");
    insert(2);
    assertThat(ids()).containsExactly(2L);
  }

  @Test
  void saysThatItsConnectionIsLostUntilItIsOpenedAgain() {
    insert(1);
    faults.before("COMMIT").cutsConnection();
    assertThat(refused(2).reason()).isEqualTo(Reason.IO);
    StoreException after = refused(3);
    assertThat(after.reason()).isEqualTo(Reason.IO);
    assertThat(after).hasMessageContaining("open it again");
    assertThat(store.health().state()).isEqualTo(Health.State.FAILED);
    assertThat(ids()).containsExactly(1L);
    store.close();
    store = open(faults);
    insert(4);
    assertThat(ids()).containsExactly(1L, 4L);
  }

  @Test
  void readersDoNotWaitForACommitThatHangs() throws Exception {
    insert(1);
    var release = new Signal("release");
    Signal held = faults.before("COMMIT").waitsFor(release);
    Thread writing = Thread.startVirtualThread(() -> insert(2));
    held.await();
    assertThat(ids()).containsExactly(1L);
    release.raise();
    writing.join();
    assertThat(ids()).containsExactly(1L, 2L);
  }
}
