package dev.millrace.store;

import java.sql.Connection;

/** What stands between the store and its driver: nothing, or the faults of a test. */
@FunctionalInterface
interface Seam {
  /** What a connection is for. */
  enum Role {
    WRITER,
    READER,
    FOLDING
  }

  Seam NONE = (_, connection) -> connection;

  /** Returns what the store is to use in the place of {@code connection}. */
  Connection over(Role role, Connection connection);
}
