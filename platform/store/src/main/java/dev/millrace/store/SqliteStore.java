package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.nio.file.Files;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The store on one SQLite file in WAL mode. */
final class SqliteStore implements Store {
  private final Instruments instruments;
  private final Ownership ownership;
  private final Session writing;
  private final Writer writer;
  private final Readers readers;
  private final StatementLog log;
  private boolean closed;

  private SqliteStore(
      Instruments instruments,
      Ownership ownership,
      Session writing,
      Writer writer,
      Readers readers,
      StatementLog log) {
    this.instruments = instruments;
    this.ownership = ownership;
    this.writing = writing;
    this.writer = writer;
    this.readers = readers;
    this.log = log;
  }

  static SqliteStore open(StoreConfig config, Instruments instruments) {
    Ownership ownership = Ownership.claim(config.file());
    try {
      return open(config, instruments, ownership);
    } catch (SQLException failure) {
      ownership.close();
      throw cannotOpen(config, failure);
    } catch (RuntimeException failure) {
      ownership.close();
      throw failure;
    }
  }

  private static SqliteStore open(StoreConfig config, Instruments instruments, Ownership ownership)
      throws SQLException {
    var log = new StatementLog(config, instruments.ticker());
    var connections = new Connections(config, log);
    Session writing = connections.writer();
    try {
      Position position = prepare(writing);
      var readers = new Readers(config, connections);
      var writer = new Writer(config, writing, position, log.ticker());
      readers.start();
      writer.start();
      return new SqliteStore(instruments, ownership, writing, writer, readers, log);
    } catch (SQLException | RuntimeException failure) {
      writing.close();
      throw failure;
    }
  }

  private static Position prepare(Session session) throws SQLException {
    session.begin();
    HistoryTable.create(session);
    Position position = HistoryTable.load(new SnapshotView.Plain(session));
    session.commit();
    return position;
  }

  private static StoreException cannotOpen(StoreConfig config, SQLException failure) {
    StoreException said = Errors.of(failure, "opening " + config.file());
    boolean readOnly =
        Files.exists(config.file())
            ? !Files.isWritable(config.file())
            : said.reason() == Reason.IO && !Files.isWritable(config.file().getParent());
    if (readOnly && said.reason() != Reason.CORRUPT) {
      return new StoreException(
          Reason.READ_ONLY,
          config.file() + " cannot be written; give this user the right to write it and its folder",
          failure);
    }
    return said;
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
    new MigrationRunner(this, "sqlite", instruments.clock()).run(migrations);
  }

  @Override
  public StatementLog statements() {
    return log;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    writer.close();
    readers.close();
    try {
      writing.close();
    } catch (SQLException failure) {
      throw Errors.of(failure, "closing the database");
    } finally {
      ownership.close();
    }
  }
}
