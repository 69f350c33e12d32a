package dev.millrace.bench.raw;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection that inserts rows as fast as the driver can: prepared statements, no generated
 * keys, WAL with {@code synchronous=FULL}, and nothing between the loop and SQLite. Confined to one
 * thread.
 */
public final class RawWriter implements AutoCloseable {
  private static final int CHECKPOINT_PAGES = 2_000;
  private static final int CACHE_KIBIBYTES = 16 << 10;

  private final Connection connection;
  private final List<PreparedStatement> statements = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private long next = 1;

  /** Sets the parameters of one insertion. */
  @FunctionalInterface
  public interface Row {
    void bind(PreparedStatement statement, long number) throws SQLException;
  }

  private RawWriter(Connection connection) {
    this.connection = connection;
  }

  /** Opens {@code file}, with its tables or without, with the memory that our store has. */
  public static RawWriter open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setGetGeneratedKeys(false);
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setCacheSize(-CACHE_KIBIBYTES);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    connection.setAutoCommit(false);
    return new RawWriter(connection);
  }

  /** Runs one statement and commits it. */
  public RawWriter execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
    connection.commit();
    return this;
  }

  /** Makes {@code sql} part of what is inserted each time. */
  public RawWriter inserting(String sql, Row row) throws SQLException {
    statements.add(connection.prepareStatement(sql));
    rows.add(row);
    return this;
  }

  /** Inserts and commits {@code count} times each row, {@code perCommit} at a time. */
  public void insert(int count, int perCommit) throws SQLException {
    for (int done = 0; done < count; done += perCommit) {
      insertCommit(Math.min(perCommit, count - done));
    }
  }

  /** Insertions a second, {@code perCommit} at a time, measured over {@code window}. */
  public double rate(int perCommit, Duration warmUp, Duration window) throws SQLException {
    insertFor(perCommit, warmUp);
    long start = System.nanoTime();
    long done = insertFor(perCommit, window);
    return done / ((System.nanoTime() - start) / 1e9);
  }

  private long insertFor(int perCommit, Duration time) throws SQLException {
    long end = System.nanoTime() + time.toNanos();
    long done = 0;
    while (System.nanoTime() < end) {
      insertCommit(perCommit);
      done += perCommit;
    }
    return done;
  }

  private void insertCommit(int count) throws SQLException {
    for (int i = 0; i < count; i++, next++) {
      for (int s = 0; s < statements.size(); s++) {
        PreparedStatement statement = statements.get(s);
        rows.get(s).bind(statement, next);
        statement.executeUpdate();
      }
    }
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
