package dev.millrace.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest slow statements, and those among them whose plan is still to be asked. Thread-safe.
 */
final class SlowStatements {
  private final int limit;
  private final ArrayDeque<Entry> kept = new ArrayDeque<>();

  /** The raw text is needed for the plan only and goes with it, for it may hold values. */
  static final class Entry {
    private SlowStatement statement;
    private String sql;
    private boolean planned;

    private Entry(SlowStatement statement, String sql) {
      this.statement = statement;
      this.sql = sql;
    }
  }

  SlowStatements(int limit) {
    this.limit = limit;
  }

  synchronized void add(SlowStatement statement, String sql) {
    if (limit == 0) {
      return;
    }
    if (kept.size() == limit) {
      kept.removeFirst();
    }
    kept.addLast(new Entry(statement, sql));
  }

  /** Newest first. */
  synchronized List<SlowStatement> list() {
    var all = new ArrayList<SlowStatement>();
    kept.descendingIterator().forEachRemaining(entry -> all.add(entry.statement));
    return all;
  }

  synchronized List<Entry> unplanned() {
    return kept.stream().filter(entry -> !entry.planned).toList();
  }

  synchronized String sql(Entry entry) {
    return entry.sql;
  }

  synchronized void planned(Entry entry, List<String> plan) {
    entry.statement = entry.statement.withPlan(plan);
    entry.sql = "";
    entry.planned = true;
  }
}
