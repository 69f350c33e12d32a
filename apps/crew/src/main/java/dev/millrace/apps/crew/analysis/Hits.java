package dev.millrace.apps.crew.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found of each rule in one text. Confined to one thread. */
final class Hits {
  private final RuleBook book;
  private final String text;
  private final int[] count;
  private final int[] firstStart;
  private final int[] firstEnd;
  private final int[] lastEnd;
  private final @Nullable List<String>[] words;

  @SuppressWarnings({"unchecked", "rawtypes"})
  Hits(RuleBook book, String text) {
    this.book = book;
    this.text = text;
    int rules = book.rules().size();
    this.count = new int[rules];
    this.firstStart = new int[rules];
    this.firstEnd = new int[rules];
    this.lastEnd = new int[rules];
    this.words = new List[rules];
    Arrays.fill(firstStart, Integer.MAX_VALUE);
    book.index().scan(text, this::take);
  }

  RuleBook book() {
    return book;
  }

  List<Rule> rules(Kind kind) {
    return book.rules(kind);
  }

  private void take(int term, int start, int end) {
    for (int place : book.rulesOf(term)) {
      if (start < firstStart[place] || (start == firstStart[place] && end > firstEnd[place])) {
        firstStart[place] = start;
        firstEnd[place] = end;
      }
      if (start >= lastEnd[place]) {
        count[place]++;
      }
      lastEnd[place] = end;
      if (book.rules().get(place).kind() == Kind.KEYWORDS) {
        keep(place, text.substring(start, end));
      }
    }
  }

  private void keep(int place, String word) {
    List<String> kept = words[place];
    if (kept == null) {
      kept = new ArrayList<>(2);
      words[place] = kept;
    }
    if (!kept.contains(word)) {
      kept.add(word);
    }
  }

  /** Occurrences that do not overlap. */
  int count(Rule rule) {
    return count[rule.place()];
  }

  boolean has(Rule rule) {
    return count[rule.place()] > 0;
  }

  /** Where the rule was found first. */
  int start(Rule rule) {
    return firstStart[rule.place()];
  }

  /** The distinct texts of a rule of keywords. */
  List<String> words(Rule rule) {
    List<String> kept = words[rule.place()];
    return kept == null ? List.of() : kept;
  }

  /** The first match, with what it did. */
  Match match(Rule rule, String effect) {
    int start = firstStart[rule.place()];
    return new Match(rule.name(), text.substring(start, firstEnd[rule.place()]), start, effect);
  }
}
