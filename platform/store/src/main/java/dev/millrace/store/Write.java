package dev.millrace.store;

import org.jspecify.annotations.Nullable;

/** A write on its way through the queue and back. */
final class Write<T extends @Nullable Object> extends Pending<Written<T>> {
  private final TxCall<T, ?> work;
  private @Nullable T result;

  Write(TxCall<T, ?> work) {
    this.work = work;
  }

  /** Runs the work; a result of an earlier run is forgotten. */
  @SuppressWarnings("NullAway") // T decides whether the result may be null
  void run(Commit commit) throws Exception {
    var tx = new TxView(commit);
    try {
      result = work.run(tx);
    } finally {
      tx.end();
    }
  }

  @SuppressWarnings("NullAway")
  void committed(Position position) {
    succeed(new Written<>(result, position));
  }
}
