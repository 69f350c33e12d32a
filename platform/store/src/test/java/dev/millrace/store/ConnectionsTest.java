package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings on which the promises of the store stand. */
class ConnectionsTest {
  @TempDir Path folder;

  private Connections connections(StoreConfig config) {
    return new Connections(
        config, new StatementLog(config, InstantSource.system(), System::nanoTime), Seam.NONE);
  }

  private static String setting(Session session, String name) throws Exception {
    return session.rows("PRAGMA " + name).getFirst();
  }

  @Test
  void syncsAtEveryCommitUnlessToldOtherwise() throws Exception {
    StoreConfig config = StoreConfig.defaults(folder.resolve("c.db"));
    try (Session writer = connections(config).writer()) {
      assertThat(setting(writer, "synchronous")).isEqualTo("2");
      assertThat(setting(writer, "journal_mode")).isEqualTo("wal");
      assertThat(setting(writer, "foreign_keys")).isEqualTo("1");
      assertThat(setting(writer, "recursive_triggers")).isEqualTo("1");
      assertThat(setting(writer, "wal_autocheckpoint")).isEqualTo("0");
    }
    try (Session writer = connections(config.withSync(SyncMode.NORMAL)).writer()) {
      assertThat(setting(writer, "synchronous")).isEqualTo("1");
    }
  }

  /** A log that goes before the file is synced takes acknowledged commits with it. */
  @Test
  void syncsTheFileBeforeTheLogGoes() throws Exception {
    Connections connections = connections(StoreConfig.defaults(folder.resolve("c.db")));
    try (Session writer = connections.writer();
        Session folding = connections.folding()) {
      assertThat(setting(writer, "journal_mode")).isEqualTo("wal");
      assertThat(setting(folding, "synchronous")).isEqualTo("2");
      assertThat(setting(folding, "wal_autocheckpoint")).isEqualTo("0");
    }
  }

  @Test
  void readersCannotWrite() throws Exception {
    StoreConfig config = StoreConfig.defaults(folder.resolve("c.db"));
    Connections connections = connections(config);
    try (Session writer = connections.writer();
        Session reader = connections.reader()) {
      writer.update("CREATE TABLE t (id INTEGER PRIMARY KEY)", new Object[0]);
      assertThatThrownBy(() -> reader.update("INSERT INTO t VALUES (1)", new Object[0]))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.READ_ONLY));
    }
  }

  @Test
  void keepsNoMoreStatementsThanAllowed() throws Exception {
    StoreConfig config = StoreConfig.defaults(folder.resolve("c.db")).withCachedStatements(8);
    try (Session writer = connections(config).writer()) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 30; i++) {
          int expected = i;
          writer.forEach(
              "SELECT " + i, row -> assertThat(row.getInt(1)).isEqualTo(expected), new Object[0]);
        }
      }
      assertThat(writer.rows("SELECT 1")).isEqualTo(List.of("1"));
    }
  }
}
