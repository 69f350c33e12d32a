package dev.millrace.store;

/**
 * What a caller does inside a transaction.
 *
 * <p>It may run more than once: when another write of the same group fails, the group is rolled
 * back and its writes are run again. So it has no effect outside {@code tx} except to overwrite
 * values that it captured, does not call the store again, issues no BEGIN, COMMIT, PRAGMA or
 * ATTACH, and ends within a second, because every other writer waits for it.
 *
 * @param <E> the checked exception it may throw; {@link RuntimeException} if none
 */
@FunctionalInterface
public interface TxWork<E extends Exception> {
  void run(Tx tx) throws E;
}
