package dev.millrace.store;

import org.jspecify.annotations.Nullable;

/** What a caller reads from one snapshot. It runs once, on a thread of the store. */
@FunctionalInterface
public interface ReadWork<T extends @Nullable Object, E extends Exception> {
  T run(Snapshot snapshot) throws E;
}
