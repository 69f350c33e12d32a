package dev.millrace.store;

/**
 * One database with one history of commits: writes go through a single group-committing writer,
 * reads see a consistent snapshot and never wait for it. Thread-safe; made for virtual threads.
 *
 * <p>When {@link #write} returns, the work is committed and, in the default sync mode, survives a
 * power cut.
 */
public interface Store extends AutoCloseable {

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
  <T, E extends Exception> Written<T> compute(TxCall<T, E> work) throws E;

  /**
   * Runs {@code work} on a snapshot: all its queries see the same commits.
   *
   * <p>Runs on a bounded pool of platform threads, because a native call would hold the carrier of
   * a virtual thread. Interrupting the caller interrupts the running query.
   */
  <T, E extends Exception> T read(ReadWork<T, E> work) throws E;

  /** The newest committed position. Never blocks. */
  Position position();

  /**
   * Waits for the queued writes, then closes the database. Writes that come later are refused with
   * a {@link StoreException}.
   */
  @Override
  void close();
}
