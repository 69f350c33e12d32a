package dev.millrace.tasks.testing;

import dev.millrace.store.BackupReport;
import dev.millrace.store.CommitHook;
import dev.millrace.store.Health;
import dev.millrace.store.Migrations;
import dev.millrace.store.Position;
import dev.millrace.store.ReadWork;
import dev.millrace.store.StatementLog;
import dev.millrace.store.Store;
import dev.millrace.store.TxCall;
import dev.millrace.store.TxWork;
import dev.millrace.store.Written;
import dev.millrace.store.spi.Dialect;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store that tells when one of its commits is through, on the thread that asked for it. */
final class ObservedStore implements Store {
  private final Store store;
  private final Runnable written;

  ObservedStore(Store store, Runnable written) {
    this.store = store;
    this.written = written;
  }

  @Override
  public <E extends Exception> Position write(TxWork<E> work) throws E {
    Position position = store.write(work);
    written.run();
    return position;
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> Written<T> compute(TxCall<T, E> work)
      throws E {
    Written<T> result = store.compute(work);
    written.run();
    return result;
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T read(ReadWork<T, E> work) throws E {
    return store.read(work);
  }

  @Override
  public Position position() {
    return store.position();
  }

  @Override
  public void inEveryCommit(CommitHook hook) {
    store.inEveryCommit(hook);
  }

  @Override
  public void migrate(Migrations migrations) {
    store.migrate(migrations);
  }

  @Override
  public Dialect dialect() {
    return store.dialect();
  }

  @Override
  public StatementLog statements() {
    return store.statements();
  }

  @Override
  public Health health() {
    return store.health();
  }

  @Override
  public void onForeignWrite(Runnable action) {
    store.onForeignWrite(action);
  }

  @Override
  public List<String> check() {
    return store.check();
  }

  @Override
  public BackupReport backup(Path target) {
    return store.backup(target);
  }

  @Override
  public long deleteInPieces(String table, String where, @Nullable Object... args) {
    return store.deleteInPieces(table, where, args);
  }

  @Override
  public void dropInPieces(String table) {
    store.dropInPieces(table);
  }

  @Override
  public void close() {
    store.close();
  }
}
