package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.store.Health;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import dev.millrace.testkit.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks and limits that are full. */
class DiskTest {
  @TempDir Path folder;

  private static int fill(Store store) {
    String value = "x".repeat(10_000);
    int written = 0;
    while (true) {
      try {
        store.write(tx -> tx.update("INSERT INTO t (v) VALUES (?)", value));
        written++;
      } catch (StoreException full) {
        assertThat(full.reason()).as(full.getMessage()).isEqualTo(Reason.DISK_FULL);
        assertThat(full).hasMessageContaining("free disk space");
        return written;
      }
    }
  }

  private static long count(Store store) {
    return store.<Long, RuntimeException>read(v -> v.number("SELECT count(*) FROM t"));
  }

  @Test
  void refusesWritesWhenTheDiskIsFullAndTakesThemWhenItIsNot() throws Exception {
    assumeTrue(SmallDisk.isAllowed(), SmallDisk.NEEDS);
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 4)) {
      Path ballast = disk.folder().resolve("ballast");
      Files.write(ballast, new byte[1 << 20]);
      Path file = disk.folder().resolve("d.db");
      try (Store store = Store.open(StoreConfig.defaults(file))) {
        store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"));
        int written = fill(store);
        assertThat(store.health().state()).isEqualTo(Health.State.FAILED);
        assertThat(store.health().findings().getFirst().text()).contains("writes fail since");
        assertThat(count(store)).isEqualTo(written);
        Files.delete(ballast);
        store.write(tx -> tx.update("INSERT INTO t (v) VALUES ('again')"));
        assertThat(store.health().state()).isEqualTo(Health.State.OK);
        assertThat(count(store)).isEqualTo(written + 1);
        assertThat(store.check()).isEmpty();
      }
    }
  }

  @Test
  void refusesWritesBeyondItsOwnLimit() {
    StoreConfig config = StoreConfig.defaults(folder.resolve("l.db")).withMaxBytes(2 << 20);
    try (Store store = Store.open(config)) {
      store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"));
      int written = fill(store);
      assertThat(written).isGreaterThan(50);
      assertThat(store.deleteInPieces("t", "id <= ?", 100)).isEqualTo(100);
      store.write(tx -> tx.update("INSERT INTO t (v) VALUES ('again')"));
      assertThat(count(store)).isEqualTo(written - 99);
    }
  }
}
