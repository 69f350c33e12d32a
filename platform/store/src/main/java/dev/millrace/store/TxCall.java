package dev.millrace.store;

import org.jspecify.annotations.Nullable;

/**
 * {@link TxWork} with a result. The same rules hold: it may run more than once, and the last result
 * counts.
 */
@FunctionalInterface
public interface TxCall<T extends @Nullable Object, E extends Exception> {
  T run(Tx tx) throws E;
}
