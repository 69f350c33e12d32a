package dev.millrace.store;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The statements seen so far, by their text, and their totals by fingerprint. Both are bounded: a
 * full table of texts begins anew, and a fingerprint too many is counted under {@link #OTHERS}.
 * Thread-safe.
 */
final class SqlTexts {
  static final String OTHERS = "(others)";

  /** Longer texts are looked at each time instead of being kept. */
  private static final int TEXT_CHARS = 20_000;

  private static final int FINGERPRINT_CHARS = 2_000;

  private final int limit;
  private final ConcurrentHashMap<String, SqlText> texts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, StatementStats> stats = new ConcurrentHashMap<>();

  SqlTexts(int limit) {
    this.limit = limit;
  }

  SqlText of(String sql) {
    SqlText known = texts.get(sql);
    if (known != null) {
      return known;
    }
    var made = new SqlText(sql, statsOf(fingerprint(sql)));
    if (sql.length() > TEXT_CHARS) {
      return made;
    }
    if (texts.size() >= 2 * limit) {
      // Texts with values in them have filled the table; those in use come back at once.
      texts.clear();
    }
    texts.put(sql, made);
    return made;
  }

  private static String fingerprint(String sql) {
    String whole = SqlScanner.fingerprint(sql);
    return whole.length() <= FINGERPRINT_CHARS
        ? whole
        : whole.substring(0, FINGERPRINT_CHARS) + "…";
  }

  Collection<StatementStats> stats() {
    return stats.values();
  }

  private StatementStats statsOf(String fingerprint) {
    StatementStats known = stats.get(fingerprint);
    if (known != null) {
      return known;
    }
    String key = stats.size() < limit ? fingerprint : OTHERS;
    return stats.computeIfAbsent(key, StatementStats::new);
  }
}
