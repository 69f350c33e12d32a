package dev.millrace.apps.crew.decisions;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A decision as the index keeps it. Immutable.
 *
 * @param words all that it can be found by
 * @param counts what it counts for, besides its status
 */
record IndexEntry(String words, List<String> counts) {
  static IndexEntry of(Stored row) {
    Content content = row.content();
    List<String> counts = new ArrayList<>();
    counts.add("all\n");
    counts.add("project\n" + row.project());
    counts.add("month\n" + month(row));
    counts.add("maker\n" + row.maker());
    new LinkedHashSet<>(content.tags()).forEach(tag -> counts.add("tag\n" + tag));
    return new IndexEntry(tokens(row, content), counts);
  }

  private static String month(Stored row) {
    var day = Instant.ofEpochMilli(row.madeMillis()).atOffset(ZoneOffset.UTC);
    int month = day.getMonthValue();
    return day.getYear() + (month < 10 ? "-0" : "-") + month;
  }

  void count(Map<String, Integer> into) {
    counts.forEach(key -> into.merge(key, 1, Integer::sum));
  }

  /** All that a decision can be found by: its texts, and its filters as tokens of their own. */
  private static String tokens(Stored row, Content content) {
    Set<String> tokens = new LinkedHashSet<>();
    Words.tokens(
        tokens,
        row.title(),
        row.maker(),
        content.decision(),
        content.context(),
        content.reasoning(),
        content.consequences());
    for (Choice option : content.options()) {
      Words.tokens(tokens, option.name());
    }
    content.tags().forEach(tag -> tokens.add(Words.exact('t', tag)));
    tokens.add(Words.exact('m', row.maker()));
    tokens.add(Words.exact('p', row.project()));
    tokens.add(Words.exact('s', row.status().word()));
    tokens.addAll(Days.tokens(Instant.ofEpochMilli(row.madeMillis()).atOffset(ZoneOffset.UTC)));
    return String.join(" ", tokens);
  }
}
