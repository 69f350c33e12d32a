package dev.millrace.store;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Times every statement under its fingerprint. Thread-safe. */
public final class StatementLog {
  private final SqlTexts texts;
  private final LongSupplier ticker;

  StatementLog(StoreConfig config, LongSupplier ticker) {
    texts = new SqlTexts(config.fingerprints());
    this.ticker = ticker;
  }

  SqlTexts texts() {
    return texts;
  }

  LongSupplier ticker() {
    return ticker;
  }

  @SuppressWarnings("UnusedVariable")
  void done(SqlText sql, @Nullable Object[] args, int runs, int rows, long elapsed, long at) {
    sql.stats.add(runs, elapsed, rows, at);
  }
}
