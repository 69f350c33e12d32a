package dev.millrace.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Times every statement under its fingerprint and keeps the slow ones. Bound values are never kept.
 * Thread-safe.
 */
public final class StatementLog {
  /**
   * The W3C trace context of what the caller does; bind it around calls of the store, and slow
   * statements name it.
   */
  public static final ScopedValue<String> TRACEPARENT = ScopedValue.newInstance();

  private final SqlTexts texts;
  private final SlowStatements slow;
  private final long slowNanos;
  private final InstantSource clock;
  private final LongSupplier ticker;

  StatementLog(StoreConfig config, InstantSource clock, LongSupplier ticker) {
    this.texts = new SqlTexts(config.fingerprints());
    this.slow = new SlowStatements(config.slowStatements());
    this.slowNanos = config.slowStatement().toNanos();
    this.clock = clock;
    this.ticker = ticker;
  }

  /** The {@code n} fingerprints that took the most time in all, the greatest first. */
  public List<StatementSummary> top(int n) {
    long tick = ticker.getAsLong();
    return texts.stats().stream()
        .filter(stats -> stats.count.sum() > 0 || stats.failures.sum() > 0)
        .map(stats -> summary(stats, tick))
        .sorted(Comparator.comparing(StatementSummary::total).reversed())
        .limit(n)
        .toList();
  }

  /** Statements that took longer than the limit, the newest first. */
  public List<SlowStatement> slow() {
    return slow.list();
  }

  private StatementSummary summary(StatementStats stats, long tick) {
    return new StatementSummary(
        stats.fingerprint,
        stats.count.sum(),
        stats.failures.sum(),
        Duration.ofNanos(stats.nanos.sum()),
        Duration.ofNanos(stats.maxNanos.get()),
        stats.rows.sum(),
        clock.instant().minusNanos(Math.max(0, tick - stats.lastTick)));
  }

  SqlTexts texts() {
    return texts;
  }

  LongSupplier ticker() {
    return ticker;
  }

  SlowStatements slowStatements() {
    return slow;
  }

  void done(
      SqlText sql,
      @Nullable Object[] args,
      int runs,
      int rows,
      long elapsed,
      long at,
      @Nullable Pending<?> asked) {
    sql.stats.add(runs, elapsed, rows, at);
    if (elapsed > slowNanos) {
      slow.add(
          new SlowStatement(
              clock.instant(),
              Duration.ofNanos(elapsed),
              sql.stats.fingerprint,
              Arrays.stream(args).map(StatementLog::kind).toList(),
              rows,
              Callers.current(),
              asked == null ? null : asked.traceparent(),
              List.of()),
          sql.text);
    }
  }

  private static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "text(" + text.length() + ")";
      case byte[] bytes -> "blob(" + bytes.length + ")";
      case Double _ -> "real";
      case Boolean _ -> "boolean";
      default -> "integer";
    };
  }
}
