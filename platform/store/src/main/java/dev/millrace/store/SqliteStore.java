package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import dev.millrace.store.spi.Dialect;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store on one SQLite file in WAL mode. */
final class SqliteStore implements Store {
  private static final Dialect DIALECT = new SqliteDialect();

  private final Instruments instruments;
  private final Ownership ownership;
  private final Connections connections;
  private final Session writing;
  private final Writer writer;
  private final Readers readers;
  private final Watch watch;
  private final Folding folding;
  private final HealthBoard board;
  private final StatementLog log;
  private final StoreGauges gauges;
  private boolean closed;

  private SqliteStore(StoreConfig config, Instruments instruments, Ownership ownership, Seam seam)
      throws SQLException {
    this.instruments = instruments;
    this.ownership = ownership;
    log = new StatementLog(config, instruments.clock(), instruments.ticker());
    board = new HealthBoard(instruments.clock());
    connections = new Connections(config, log, seam);
    writing = connections.writer();
    Session besides = null;
    try {
      Position position = Opening.prepare(writing);
      besides = connections.folding();
      var meters = new WriterMeters(instruments.meters());
      readers = new Readers(config, connections, instruments.ticker(), board);
      writer = new Writer(config, writing, position, instruments.ticker(), board, meters);
      watch = new Watch(config, writer, readers, log.slowStatements());
      folding = new Folding(config, besides, writer, readers, board, instruments.ticker());
    } catch (SQLException | RuntimeException failure) {
      if (besides != null) {
        besides.close();
      }
      writing.close();
      throw failure;
    }
    gauges = new StoreGauges(instruments.meters(), writer, readers, new StoreFiles(config.file()));
  }

  static SqliteStore open(StoreConfig config, Instruments instruments) {
    return open(config, instruments, Seam.NONE);
  }

  static SqliteStore open(StoreConfig config, Instruments instruments, Seam seam) {
    Ownership ownership = Ownership.claim(config.file());
    try {
      var store = new SqliteStore(config, instruments, ownership, seam);
      store.readers.start();
      store.writer.start();
      store.watch.start();
      store.folding.start();
      return store;
    } catch (SQLException failure) {
      ownership.close();
      throw Opening.failed(config.file(), failure);
    } catch (RuntimeException failure) {
      ownership.close();
      throw failure;
    }
  }

  @Override
  public <E extends Exception> Position write(TxWork<E> work) throws E {
    TxCall<@Nullable Void, E> call =
        tx -> {
          work.run(tx);
          return null;
        };
    return this.<@Nullable Void, E>compute(call).position();
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> Written<T> compute(TxCall<T, E> work)
      throws E {
    if (writer.isCurrentThread() || readers.isCurrentThread()) {
      throw nested("a write");
    }
    return writer.write(work);
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T read(ReadWork<T, E> work) throws E {
    if (writer.isCurrentThread() || readers.isCurrentThread()) {
      throw nested("a read");
    }
    return readers.read(work);
  }

  private static StoreException nested(String what) {
    return new StoreException(
        Reason.STATEMENT,
        what
            + " was begun inside a work of the same store, which would wait for itself; use the "
            + "work's own transaction or snapshot");
  }

  /** Works that wait for the writer. */
  int queuedWrites() {
    return writer.queued();
  }

  @Override
  public Position position() {
    return writer.position();
  }

  @Override
  public void inEveryCommit(CommitHook hook) {
    writer.inEveryCommit(hook);
  }

  @Override
  public void migrate(Migrations migrations) {
    new MigrationRunner(this, DIALECT.name(), instruments.clock()).run(migrations);
  }

  @Override
  public Dialect dialect() {
    return DIALECT;
  }

  @Override
  public StatementLog statements() {
    return log;
  }

  @Override
  public Health health() {
    return board.health();
  }

  @Override
  public void onForeignWrite(Runnable action) {
    board.onForeignWrite(action);
  }

  @Override
  public List<String> check() {
    List<String> said = LongCall.run("store-check", this::quickCheck);
    if (said.equals(List.of("ok"))) {
      return List.of();
    }
    board.failed(new StoreException(Reason.CORRUPT, said.getFirst()));
    return said;
  }

  private List<String> quickCheck() {
    try (Session session = connections.reader()) {
      return session.rows("PRAGMA quick_check(100)");
    } catch (SQLException failure) {
      throw Errors.of(failure, "checking the file");
    }
  }

  @Override
  public BackupReport backup(Path target) {
    return LongCall.run(
        "store-backup", () -> Backups.make(connections, target, instruments.ticker()));
  }

  @Override
  public long deleteInPieces(String table, String where, @Nullable Object... args) {
    return new Pieces(this, instruments.ticker()).delete(table, where, args);
  }

  @Override
  public void dropInPieces(String table) {
    new Pieces(this, instruments.ticker()).drop(table);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    watch.close();
    folding.close();
    writer.close();
    readers.close();
    gauges.close();
    try {
      writing.close();
    } catch (SQLException failure) {
      throw Errors.of(failure, "closing the database");
    } finally {
      ownership.close();
    }
  }
}
