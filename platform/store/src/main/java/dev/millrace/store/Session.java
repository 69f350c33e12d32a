package dev.millrace.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * One connection with its prepared statements: runs and times statements, and turns the driver's
 * exceptions into ours. Confined to one thread, but for {@link #interrupt}.
 *
 * <p>Transactions are begun and ended by statements of our own, because the driver's commit begins
 * the next transaction at once. The driver is told that auto-commit is off and so stays out of it.
 */
final class Session implements AutoCloseable {
  private static final int BATCH_ROWS = 1_000;

  /** A checkpoint that is in somebody's way gives up sooner than a write. */
  private static final int CHECKPOINT_MILLIS = 10;

  private final Connection connection;

  /** For what JDBC has no words for; {@code connection} may be a decorator of it. */
  private final SQLiteConnection driver;

  private final SqlTexts texts;
  private final StatementCache cache;
  private final StatementLog log;
  private final LongSupplier ticker;
  private final AtomicLong schema;
  private final Control begin;
  private final Control commit;
  private final Control rollback;
  private long schemaSeen;
  private boolean transactionLost;
  private boolean schemaChanged;

  /** Whose work runs now. */
  private @Nullable Pending<?> asked;

  Session(
      Connection connection,
      SQLiteConnection driver,
      String beginSql,
      int cachedStatements,
      StatementLog log,
      AtomicLong schema)
      throws SQLException {
    this.connection = connection;
    this.driver = driver;
    this.log = log;
    this.texts = log.texts();
    this.ticker = log.ticker();
    this.schema = schema;
    this.cache = new StatementCache(connection, cachedStatements);
    connection.setAutoCommit(false);
    rollback = new Control(connection, "ROLLBACK");
    commit = new Control(connection, "COMMIT");
    rollback.run();
    begin = new Control(connection, beginSql);
  }

  void begin() throws SQLException {
    transactionLost = false;
    schemaChanged = false;
    long version = schema.get();
    if (schemaSeen != version) {
      cache.clear();
      schemaSeen = version;
    }
    try {
      begin.run();
    } catch (SQLException failure) {
      if (!Errors.isTransactionState(failure)) {
        throw failure;
      }
      // An earlier roll-back failed and left its transaction open.
      rollback.run();
      begin.run();
    }
  }

  void commit() throws SQLException {
    commit.run();
  }

  /** Ends the transaction if there still is one. */
  void rollback() throws SQLException {
    try {
      rollback.run();
    } catch (SQLException failure) {
      if (!Errors.isTransactionState(failure)) {
        throw failure;
      }
    }
  }

  /** From now on statements are run for {@code work}. */
  void asks(@Nullable Pending<?> work) {
    asked = work;
  }

  /** Whether SQLite ended the transaction by itself, so that nothing of it may be committed. */
  boolean transactionLost() {
    return transactionLost;
  }

  /** Whether this transaction ran a CREATE, DROP or the like. */
  boolean schemaChanged() {
    return schemaChanged;
  }

  int update(String sql, @Nullable Object[] args) {
    SqlText text = texts.of(sql);
    Prepared prepared = prepare(text);
    long from = ticker.getAsLong();
    try {
      prepared.bind(args);
      int rows = prepared.statement.executeUpdate();
      done(text, args, 1, rows, from);
      if (text.isDefinition()) {
        schemaChanged = true;
        cache.clear();
        schemaSeen = schema.incrementAndGet();
      }
      return rows;
    } catch (SQLException failure) {
      throw failed(prepared, failure);
    }
  }

  int batch(String sql, List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return 0;
    }
    SqlText text = texts.of(sql);
    Prepared prepared = prepare(text);
    long from = ticker.getAsLong();
    try {
      int changed = 0;
      for (int i = 0; i < rows.size(); i += BATCH_ROWS) {
        changed += chunk(prepared, rows.subList(i, Math.min(rows.size(), i + BATCH_ROWS)));
      }
      done(text, rows.getFirst(), rows.size(), changed, from);
      return changed;
    } catch (SQLException failure) {
      throw failed(prepared, failure);
    } catch (StoreException refused) {
      cache.drop(prepared);
      throw refused;
    }
  }

  private static int chunk(Prepared prepared, List<@Nullable Object[]> rows) throws SQLException {
    for (@Nullable Object[] row : rows) {
      prepared.bind(row);
      prepared.statement.addBatch();
    }
    int changed = 0;
    for (int count : prepared.statement.executeBatch()) {
      changed += count;
    }
    return changed;
  }

  /** Hands each row to {@code consumer}; only the database's share of the time is counted. */
  void forEach(String sql, RowConsumer consumer, @Nullable Object[] args) {
    SqlText text = texts.of(sql);
    Prepared prepared = prepare(text);
    long from = ticker.getAsLong();
    long spent = 0;
    int count = 0;
    prepared.busy = true;
    try {
      prepared.bind(args);
      ResultSet rows = prepared.statement.executeQuery();
      try {
        while (rows.next()) {
          spent += ticker.getAsLong() - from;
          count++;
          consumer.accept(rows);
          from = ticker.getAsLong();
        }
      } finally {
        rows.close();
      }
      long until = ticker.getAsLong();
      log.done(text, args, 1, count, spent + until - from, until, asked);
    } catch (SQLException failure) {
      throw failed(prepared, failure);
    } finally {
      cache.giveBack(prepared);
    }
  }

  private Prepared prepare(SqlText text) {
    if (transactionLost) {
      throw new StoreException(
          StoreException.Reason.STATEMENT,
          "an earlier statement of this work failed in a way that made the database end the "
              + "transaction; let its exception leave the work");
    }
    try {
      return cache.take(text);
    } catch (SQLException failure) {
      text.stats.failures.increment();
      throw Errors.of(failure, text);
    }
  }

  private void done(SqlText text, @Nullable Object[] args, int runs, int rows, long from) {
    long until = ticker.getAsLong();
    log.done(text, args, runs, rows, until - from, until, asked);
  }

  private StoreException failed(Prepared prepared, SQLException failure) {
    prepared.sql.stats.failures.increment();
    cache.drop(prepared);
    probe();
    return Errors.of(failure, prepared.sql);
  }

  /** SQLite tells by the failure of a BEGIN that the transaction is still there. */
  private void probe() {
    try {
      begin.run();
      transactionLost = true;
      rollback();
    } catch (SQLException failure) {
      transactionLost |= !Errors.isTransactionState(failure);
    }
  }

  /** How the database would run a statement; empty if it is none that has a plan. */
  List<String> plan(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      var lines = new ArrayList<String>();
      while (rows.next()) {
        lines.add(rows.getString("detail"));
      }
      return lines;
    } catch (SQLException without) {
      return List.of();
    }
  }

  /** Folds the write-ahead log into the file, as far as it goes; not inside a transaction. */
  Folding.Fill fold(String mode) throws SQLException {
    driver.setBusyTimeout(CHECKPOINT_MILLIS);
    try {
      return checkpoint(mode);
    } finally {
      driver.setBusyTimeout(Connections.BUSY_MILLIS);
    }
  }

  /**
   * Has the log begin anew if all of it is folded and nobody reads it, and makes its file shorter.
   * SQLite does that in the next commit, so an empty one is made.
   *
   * @param bytes of the file that stay
   */
  void shortenLog(long bytes) throws SQLException {
    if (fold("RESTART").rest() > 0) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_size_limit = " + bytes);
      begin.run();
      try {
        statement.execute("PRAGMA user_version = " + rows("PRAGMA user_version").getFirst());
        commit.run();
      } catch (SQLException | RuntimeException failure) {
        // The next write begins a transaction, so none may be open.
        rollback();
        throw failure;
      } finally {
        statement.execute("PRAGMA journal_size_limit = -1");
      }
    }
  }

  /** How full the write-ahead log is; folds nothing. */
  Folding.Fill logFill() throws SQLException {
    return checkpoint("NOOP");
  }

  private Folding.Fill checkpoint(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.next()
          ? new Folding.Fill(row.getLong("log"), row.getLong("checkpointed"))
          : new Folding.Fill(0, 0);
    }
  }

  /** Writes a compact copy of the whole database, as of now, to a new file. */
  void copyInto(Path file) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, file.toString());
      statement.executeUpdate();
    }
  }

  /** A number that changes when another connection, of whatever process, has written. */
  String dataVersion() throws SQLException {
    return rows("PRAGMA data_version").getFirst();
  }

  /** Changes a setting, outside a transaction. */
  void set(String pragma) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(pragma);
    }
  }

  /** The first column of a statement that the store runs for itself, outside a transaction. */
  List<String> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  /** Stops the statement that is running, from any thread. */
  void interrupt() throws SQLException {
    driver.getDatabase().interrupt();
  }

  @Override
  public void close() throws SQLException {
    cache.clear();
    connection.close();
  }
}
