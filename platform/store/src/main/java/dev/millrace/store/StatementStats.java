package dev.millrace.store;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** The running totals of one fingerprint. Thread-safe; a view of it may be torn by a statement. */
final class StatementStats {
  final String fingerprint;
  final LongAdder count = new LongAdder();
  final LongAdder nanos = new LongAdder();
  final LongAdder rows = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);

  /** On the store's ticker, which is cheaper to read than the clock. */
  volatile long lastTick;

  StatementStats(String fingerprint) {
    this.fingerprint = fingerprint;
  }

  void add(long runs, long elapsed, long changedOrRead, long at) {
    count.add(runs);
    nanos.add(elapsed);
    rows.add(changedOrRead);
    maxNanos.accumulate(runs == 1 ? elapsed : elapsed / runs);
    lastTick = at;
  }
}
