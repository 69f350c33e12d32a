package dev.millrace.bench.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.bench.Workplace;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** An empty database for one run of a peer, with a pool of connections to it. */
public final class Database implements AutoCloseable {
  private final HikariDataSource pool;
  private final Closing after;

  private Database(HikariDataSource pool, Closing after) {
    this.pool = pool;
    this.after = after;
  }

  @FunctionalInterface
  private interface Closing {
    void close() throws Exception;
  }

  /** A SQLite file in WAL mode with {@code synchronous=FULL}, as our own store has it. */
  public static Database sqlite(int connections) throws IOException {
    Workplace place = Workplace.create("peer");
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(30_000);
    // A deferred transaction that turns into a writer is refused at once, not after the timeout.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + place.file("peer.db"));
    HikariConfig settings = new HikariConfig();
    settings.setDataSource(source);
    return new Database(pool(settings, connections), place::close);
  }

  /** A new database of a PostgreSQL server that runs with its default durability. */
  public static Database postgres(Postgres server, int connections) throws SQLException {
    HikariConfig settings = new HikariConfig();
    settings.setJdbcUrl(server.createDatabase());
    settings.setUsername(Postgres.USER);
    return new Database(pool(settings, connections), () -> {});
  }

  private static HikariDataSource pool(HikariConfig settings, int connections) {
    settings.setMaximumPoolSize(connections);
    settings.setMinimumIdle(connections);
    settings.setConnectionTimeout(60_000);
    return new HikariDataSource(settings);
  }

  public HikariDataSource pool() {
    return pool;
  }

  /** Runs statements that the peer expects to have been run before it starts. */
  public void prepare(String... statements) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws Exception {
    pool.close();
    after.close();
  }
}
