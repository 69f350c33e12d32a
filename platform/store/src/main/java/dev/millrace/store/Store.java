package dev.millrace.store;

import dev.millrace.store.spi.Dialect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One database with one history of commits: writes go through a single group-committing writer,
 * reads see a consistent snapshot and never wait for it. Thread-safe; made for virtual threads.
 *
 * <p>When {@link #write} returns, the work is committed and, in the default sync mode, survives a
 * power cut.
 */
public interface Store extends AutoCloseable {

  /**
   * Opens the database of {@code config}, made if it is missing, and claims it for this process.
   *
   * @throws StoreException if it cannot be opened: owned by another process ({@code LOCKED}),
   *     damaged ({@code CORRUPT}), not writable ({@code READ_ONLY}) …
   */
  static Store open(StoreConfig config) {
    return open(config, Instruments.system());
  }

  /** As {@link #open(StoreConfig)}, with other clocks or meters than the system's. */
  static Store open(StoreConfig config, Instruments instruments) {
    return SqliteStore.open(config, instruments);
  }

  /**
   * Runs {@code work} in a transaction together with the waiting writes of other callers, and
   * returns once it is durable.
   *
   * <p>If the work throws, only its own changes are rolled back and the exception is rethrown. The
   * work may run more than once (see {@link TxWork}). Interrupting the caller does not take back a
   * queued write: the call still returns its outcome, with the interrupt flag set.
   *
   * @return the position of the commit
   * @throws StoreException if the database could not take it; nothing of the work remains then
   */
  <E extends Exception> Position write(TxWork<E> work) throws E;

  /** As {@link #write}, with a value computed inside the transaction. */
  <T extends @Nullable Object, E extends Exception> Written<T> compute(TxCall<T, E> work) throws E;

  /**
   * Runs {@code work} on a snapshot: all its queries see the same commits.
   *
   * <p>Runs on a bounded pool of platform threads, because a native call would hold the carrier of
   * a virtual thread. Interrupting the caller interrupts the running query.
   */
  <T extends @Nullable Object, E extends Exception> T read(ReadWork<T, E> work) throws E;

  /** The newest committed position. Never blocks. */
  Position position();

  /**
   * Refuses a position that this database does not include.
   *
   * @throws PositionException if it is of another history or of the future
   */
  default void require(Position position) {
    Position current = position();
    if (!current.includes(position)) {
      throw new PositionException(position, current);
    }
  }

  /** Adds something to every commit from now on, for as long as the store is open. */
  void inEveryCommit(CommitHook hook);

  /**
   * Brings the tables of a part up to date; does nothing if they are. Each migration is a commit.
   *
   * @throws StoreException {@code NEWER_VERSION} if the database knows later migrations of the
   *     part, {@code INTERNAL} if the text of an applied one was changed since
   */
  void migrate(Migrations migrations);

  /** What kind of database this is. */
  Dialect dialect();

  /** How the statements have fared. */
  StatementLog statements();

  /** How well the store is. */
  Health health();

  /**
   * Has {@code action} run when another process was seen to write to the file, which it must not.
   */
  void onForeignWrite(Runnable action);

  /**
   * Looks through the file for damage, which takes long for a large one.
   *
   * @return what is wrong, empty if nothing is
   */
  List<String> check();

  /**
   * Writes a copy of the database as of now to a new file, without holding up writes or reads. It
   * is verified and on the disk when this returns, and absent if this fails.
   *
   * @throws StoreException if the file exists already or cannot be written
   */
  BackupReport backup(Path target);

  /**
   * Deletes all rows that fulfil {@code where}, in as many small commits as it takes to hold up no
   * other write for longer than about 20 ms.
   *
   * @param where a condition with parameters for {@code args}, served by an index
   * @return the number of rows deleted
   */
  long deleteInPieces(String table, String where, @Nullable Object... args);

  /** Drops a table after deleting its rows in pieces, because DROP alone would hold the writer. */
  void dropInPieces(String table);

  /**
   * Puts a backup in the place of a database that no process uses. The database that was there is
   * kept under another name, and a new history begins: positions handed out before are refused.
   *
   * @param now part of the name of what is set aside
   * @throws StoreException if the backup is damaged or the database is in use
   */
  static RestoreReport restore(Path backup, Path file, Instant now) {
    return Backups.restore(backup, file, now);
  }

  /**
   * Waits for the queued writes, then closes the database. Writes that come later are refused with
   * a {@link StoreException}.
   */
  @Override
  void close();
}
