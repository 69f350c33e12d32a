package dev.millrace.store;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Deletes many rows in commits so small that no other write waits long for one. The size of a piece
 * follows from the time that the last one held the writer.
 */
final class Pieces {
  private static final long GOAL_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
  private static final int FIRST = 200;
  private static final int LEAST = 10;
  private static final int MOST = 20_000;
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private final Store store;
  private final LongSupplier ticker;
  private int size = FIRST;

  Pieces(Store store, LongSupplier ticker) {
    this.store = store;
    this.ticker = ticker;
  }

  private record Piece(int rows, long nanos) {}

  long delete(String table, String where, @Nullable Object[] args) {
    requireIdentifier(table);
    List<String> key =
        store.<List<String>, RuntimeException>read(
            view -> view.query(store.dialect().rowKey(), row -> row.getString(1), table));
    String sql = store.dialect().deletePiece(table, key, where);
    long deleted = 0;
    Piece piece;
    int asked;
    do {
      asked = size;
      @Nullable Object[] all = new @Nullable Object[args.length + 1];
      System.arraycopy(args, 0, all, 0, args.length);
      all[args.length] = asked;
      piece = store.compute(tx -> timed(tx, sql, all)).value();
      deleted += piece.rows();
      adapt(piece);
    } while (piece.rows() == asked);
    return deleted;
  }

  private Piece timed(Tx tx, String sql, @Nullable Object[] args) {
    long from = ticker.getAsLong();
    int rows = tx.update(sql, args);
    return new Piece(rows, ticker.getAsLong() - from);
  }

  private void adapt(Piece piece) {
    if (piece.nanos() > GOAL_NANOS) {
      size = Math.max(LEAST, size / 2);
    } else if (piece.nanos() < GOAL_NANOS / 2) {
      size = Math.min(MOST, size * 2);
    }
  }

  void drop(String table) {
    delete(table, "1 = 1", new @Nullable Object[0]);
    store.write(tx -> tx.update("DROP TABLE " + table));
  }

  private static void requireIdentifier(String table) {
    if (!IDENTIFIER.matcher(table).matches()) {
      throw new StoreException(
          StoreException.Reason.STATEMENT,
          "'" + table + "' is no name of a table; use letters, digits and _");
    }
  }
}
