package dev.millrace.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one database file with the settings that the store relies on. */
final class Connections {
  private static final int PAGE_BYTES = 4096;

  /** Only a foreign process can hold a lock, and only for a moment unless something is wrong. */
  static final int BUSY_MILLIS = 2_000;

  private final StoreConfig config;
  private final StatementLog log;
  private final Seam seam;

  /** Counts changes of the schema, so that every connection drops statements prepared before. */
  private final AtomicLong schema = new AtomicLong();

  Connections(StoreConfig config, StatementLog log, Seam seam) {
    this.config = config;
    this.log = log;
    this.seam = seam;
  }

  Session writer() throws SQLException {
    SQLiteConfig sqlite = common();
    sqlite.setJournalMode(JournalMode.WAL);
    // The log is folded by a thread of its own, never inside a COMMIT.
    sqlite.setWalAutocheckpoint(0);
    sqlite.enforceForeignKeys(true);
    sqlite.enableRecursiveTriggers(true);
    SQLiteConnection connection = open(sqlite);
    if (config.maxBytes() > 0) {
      pragma(connection, "max_page_count = " + Math.max(1, config.maxBytes() / PAGE_BYTES));
    }
    return session(Seam.Role.WRITER, connection, "BEGIN IMMEDIATE");
  }

  /** A connection beside the writer's that folds the log into the file. */
  Session folding() throws SQLException {
    SQLiteConfig sqlite = common();
    sqlite.setWalAutocheckpoint(0);
    return session(Seam.Role.FOLDING, open(sqlite), "BEGIN DEFERRED");
  }

  Session reader() throws SQLException {
    SQLiteConfig sqlite = common();
    sqlite.setReadOnly(true);
    return session(Seam.Role.READER, open(sqlite), "BEGIN DEFERRED");
  }

  private SQLiteConfig common() {
    var sqlite = new SQLiteConfig();
    sqlite.setGetGeneratedKeys(false);
    sqlite.setOpenMode(SQLiteOpenMode.NOMUTEX);
    sqlite.setBusyTimeout(BUSY_MILLIS);
    // Also said to those that only fold: it decides whether the file is synced before the log goes.
    sqlite.setSynchronous(
        config.sync() == SyncMode.FULL ? SynchronousMode.FULL : SynchronousMode.NORMAL);
    // Negative means kibibytes; https://sqlite.org/pragma.html#pragma_cache_size
    sqlite.setCacheSize((int) -(config.pageCacheBytes() >> 10));
    // Large sorts go to files: the driver's own default would keep them all in memory.
    sqlite.setTempStore(SQLiteConfig.TempStore.FILE);
    return sqlite;
  }

  private SQLiteConnection open(SQLiteConfig sqlite) throws SQLException {
    Connection connection = sqlite.createConnection("jdbc:sqlite:" + config.file());
    if (config.mmapBytes() > 0) {
      pragma(connection, "mmap_size = " + config.mmapBytes());
    }
    return (SQLiteConnection) connection;
  }

  private Session session(Seam.Role role, SQLiteConnection driver, String begin)
      throws SQLException {
    try {
      Connection connection = seam.over(role, driver);
      return new Session(connection, driver, begin, config.cachedStatements(), log, schema);
    } catch (SQLException failure) {
      driver.close();
      throw failure;
    }
  }

  private static void pragma(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA " + setting);
    }
  }
}
