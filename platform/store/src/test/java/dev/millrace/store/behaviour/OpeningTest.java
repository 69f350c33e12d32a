package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.store.Health;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import dev.millrace.store.SyncMode;
import dev.millrace.testkit.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be wrong with a file or its folder. */
class OpeningTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("o.db");
  }

  private void expectRefused(Reason reason, String... words) {
    assertThatThrownBy(() -> Store.open(StoreConfig.defaults(file)))
        .isInstanceOfSatisfying(
            StoreException.class,
            refused -> {
              assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
              assertThat(refused).hasMessageContainingAll(words);
            });
  }

  private void raw(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void refusesAFileThatAnotherProcessOwns() throws Exception {
    Child child = Child.start(Owner.class, file.toString());
    try {
      assertThat(child.line()).isEqualTo("open");
      expectRefused(Reason.LOCKED, "process " + child.pid(), "stop it first");
      child.kill();
      Store.open(StoreConfig.defaults(file)).close();
    } finally {
      child.kill();
    }
  }

  static final class Owner {
    public static void main(String[] args) throws Exception {
      try (Store _ = Store.open(StoreConfig.defaults(Path.of(args[0])))) {
        System.out.println("open");
        System.in.read();
      }
    }
  }

  @Test
  void refusesAFileOfANewerVersion() throws Exception {
    Store.open(StoreConfig.defaults(file)).close();
    raw("PRAGMA user_version = 99");
    expectRefused(Reason.NEWER_VERSION, "format 99", "newer version");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    Files.writeString(file, "This is a letter to my aunt, and no database.".repeat(200));
    expectRefused(Reason.CORRUPT, "o.db", "restore a backup");
    assertThat(Files.readString(file)).startsWith("This is a letter");
  }

  @Test
  void refusesAFolderThatIsMissing() {
    file = folder.resolve("none").resolve("o.db");
    expectRefused(Reason.IO, "does not exist", "create it");
  }

  @Test
  void refusesAFolderThatIsReadOnly() throws Exception {
    assumeTrue(SmallDisk.isAllowed(), SmallDisk.NEEDS);
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 1)) {
      file = disk.folder().resolve("o.db");
      Store.open(StoreConfig.defaults(file)).close();
      disk.makeReadOnly();
      expectRefused(Reason.READ_ONLY, "right to write");
    }
  }

  @Test
  void opensADatabaseThatWasThereBefore() throws Exception {
    raw("CREATE TABLE theirs (id INTEGER PRIMARY KEY)");
    try (Store store = Store.open(StoreConfig.defaults(file))) {
      store.write(tx -> tx.update("INSERT INTO theirs VALUES (1)"));
      assertThat(store.position().number()).isEqualTo(1);
    }
  }

  @Test
  void syncsEveryCommitByDefault() {
    assertThat(StoreConfig.defaults(file).sync()).isEqualTo(SyncMode.FULL);
    try (Store store =
        Store.open(StoreConfig.defaults(file).withSync(SyncMode.NORMAL).withMemory(1 << 20, 1))) {
      store.write(tx -> tx.update("CREATE TABLE t (id INTEGER)"));
    }
  }

  @Test
  void tellsOfADamagedPage() throws Exception {
    try (Store store = Store.open(StoreConfig.defaults(file))) {
      List<Object[]> rows = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        rows.add(new Object[] {"value " + i});
      }
      store.write(tx -> {
        tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
        tx.batch("INSERT INTO t (v) VALUES (?)", rows);
      });
    }
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 8192, (byte) 0x5a);
    Files.write(file, bytes);
    try (Store store = Store.open(StoreConfig.defaults(file))) {
      assertThat(store.health().state()).isEqualTo(Health.State.OK);
      assertThatThrownBy(() ->
              store.<Long, RuntimeException>read(v -> v.number("SELECT sum(length(v)) FROM t")))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
      assertThat(store.health().state()).isEqualTo(Health.State.FAILED);
      assertThat(store.health().findings().getFirst().text()).contains("restore a backup");
      assertThat(store.check()).isNotEmpty();
    }
  }

  @Test
  void namesTheSettingThatIsWrong() {
    StoreConfig defaults = StoreConfig.defaults(file);
    assertThatThrownBy(() -> defaults.withReaders(0, 1, Duration.ofSeconds(1)))
        .hasMessageContaining("readers is 0; use 1 or more");
    assertThatThrownBy(() -> defaults.withLongWork(Duration.ZERO))
        .hasMessageContaining("longWork is PT0S");
    assertThat(defaults.withQueue(7, Duration.ofSeconds(1)).queuedWrites()).isEqualTo(7);
    assertThat(defaults.withCachedStatements(99).cachedStatements()).isEqualTo(99);
  }
}
