package dev.millrace.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A consistent view of the database. Confined to the work it was given to.
 *
 * <p>Arguments bind by position; allowed are null, {@link String}, {@link Integer}, {@link Long},
 * {@link Double}, {@link Boolean} (as 0 and 1) and {@code byte[]}. Statements are prepared once a
 * connection and kept, and every one is timed under its fingerprint. An error of the database comes
 * as a {@link StoreException}.
 */
public interface Snapshot {
  /** All rows, in the order of the statement. */
  <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... args);

  /**
   * The only row, or nothing.
   *
   * @throws StoreException if there is more than one
   */
  <T> Optional<T> find(String sql, RowMapper<T> mapper, @Nullable Object... args);

  /** Hands each row to {@code consumer} without collecting them; it must not keep the row. */
  void forEach(String sql, RowConsumer consumer, @Nullable Object... args);

  /** The first column of the only row, for counts and the like. */
  long number(String sql, @Nullable Object... args);

  /** What this view includes: in a {@link Tx}, the last commit before it. */
  Position position();
}
