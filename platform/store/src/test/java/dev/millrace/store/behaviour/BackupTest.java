package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.BackupReport;
import dev.millrace.store.Position;
import dev.millrace.store.PositionException;
import dev.millrace.store.RestoreReport;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  @TempDir Path folder;
  private Path file;
  private Path backup;

  @BeforeEach
  void name() {
    file = folder.resolve("live.db");
    backup = folder.resolve("saved.db");
  }

  private Store open() {
    return Store.open(StoreConfig.defaults(file));
  }

  private static void fill(Store store, int rows) {
    List<Object[]> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(new Object[] {"value " + i});
    }
    store.write(tx -> {
      tx.update("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, v TEXT)");
      tx.batch("INSERT INTO t (v) VALUES (?)", all);
    });
  }

  private static long count(Store store) {
    return store.<Long, RuntimeException>read(v -> v.number("SELECT count(*) FROM t"));
  }

  @Test
  void copiesAConsistentStateWhileWritesGoOn() throws Exception {
    try (Store store = open()) {
      fill(store, 20_000);
      var stop = new AtomicBoolean();
      var written = new AtomicInteger();
      Thread writer =
          Thread.startVirtualThread(() -> {
            while (!stop.get()) {
              fill(store, 10);
              written.addAndGet(10);
            }
          });
      Position before = store.position();
      BackupReport report = store.backup(backup);
      stop.set(true);
      writer.join();
      assertThat(report.position().includes(before)).isTrue();
      assertThat(report.rows().get("t") % 10).isZero();
      assertThat(report.bytes()).isEqualTo(Files.size(backup));
      assertThat(written.get()).isPositive();
      assertThat(Files.list(folder)).noneMatch(p -> p.toString().contains(".part"));
    }
  }

  @Test
  void neverOverwrites() throws Exception {
    Files.writeString(backup, "precious");
    try (Store store = open()) {
      assertThatThrownBy(() -> store.backup(backup))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("exists already");
    }
    assertThat(backup).hasContent("precious");
  }

  @Test
  void restoresIntoANewHistoryAndKeepsTheOldDatabase() {
    Position handedOut;
    try (Store store = open()) {
      fill(store, 5);
      store.backup(backup);
      fill(store, 5);
      handedOut = store.position();
    }
    RestoreReport report = Store.restore(backup, file, NOW);
    assertThat(report.setAside())
        .contains(folder.resolve("live.db.before-20261101-100000"))
        .allSatisfy(path -> assertThat(path).exists());
    try (Store store = open()) {
      assertThat(count(store)).isEqualTo(5);
      assertThat(store.position()).isEqualTo(report.position());
      assertThatThrownBy(() -> store.require(handedOut)).isInstanceOf(PositionException.class);
      fill(store, 1);
      assertThat(store.check()).isEmpty();
    }
    // The one set aside is whole too.
    try (Store old = Store.open(StoreConfig.defaults(report.setAside().getFirst()))) {
      assertThat(count(old)).isEqualTo(10);
      old.require(handedOut);
    }
    assertThat(Store.restore(backup, file, NOW).setAside().getFirst())
        .isEqualTo(folder.resolve("live.db.before-20261101-100000-2"));
  }

  @Test
  void restoresWhereThereIsNoDatabase() {
    try (Store store = open()) {
      fill(store, 5);
      store.backup(backup);
    }
    Path elsewhere = folder.resolve("new.db");
    assertThat(Store.restore(backup, elsewhere, NOW).setAside()).isEmpty();
    try (Store store = Store.open(StoreConfig.defaults(elsewhere))) {
      assertThat(count(store)).isEqualTo(5);
    }
  }

  @Test
  void refusesToRestoreOverADatabaseInUse() {
    try (Store store = open()) {
      fill(store, 5);
      store.backup(backup);
      assertThatThrownBy(() -> Store.restore(backup, file, NOW))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
      fill(store, 5);
    }
  }

  @Test
  void refusesADamagedBackupAndTouchesNothing() throws Exception {
    try (Store store = open()) {
      fill(store, 20_000);
      store.backup(backup);
    }
    byte[] bytes = Files.readAllBytes(backup);
    for (int i = bytes.length / 2; i < bytes.length / 2 + 4096; i++) {
      bytes[i] = (byte) 0x5a;
    }
    Files.write(backup, bytes);
    assertThatThrownBy(() -> Store.restore(backup, file, NOW))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    assertThatThrownBy(() -> Store.restore(folder.resolve("none.db"), file, NOW))
        .hasMessageContaining("there is no file");
    try (Store store = open()) {
      assertThat(count(store)).isEqualTo(20_000);
    }
  }
}
