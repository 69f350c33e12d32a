package dev.millrace.apps.draft.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known words that somebody most likely meant. */
public final class Nearest {
  /**
   * Pairs of characters that are compared at most, so that many wrong words cost little: enough for
   * the ten thousand short names of a large catalogue, and for the first few hundred long ones.
   */
  private static final int MOST_PAIRS = 400_000;

  private Nearest() {}

  /**
   * The up to {@code limit} words nearest to {@code word}, best first, by the edit distance of
   * lower-case code points; words that share nothing with it come last.
   */
  public static List<String> to(String word, Collection<String> known, int limit) {
    int[] wanted = points(word);
    record Candidate(String word, int distance) {}
    List<Candidate> candidates = new ArrayList<>();
    int pairs = 0;
    for (String each : known) {
      int[] points = points(each);
      pairs += (wanted.length + 1) * (points.length + 1);
      if (pairs > MOST_PAIRS) {
        break;
      }
      candidates.add(new Candidate(each, distance(wanted, points)));
    }
    return candidates.stream()
        .sorted(Comparator.comparingInt(Candidate::distance))
        .limit(limit)
        .map(Candidate::word)
        .toList();
  }

  /** The nearest words as the end of a sentence, such as {@code "image" or "video"}. */
  public static String sentence(String word, Collection<String> known) {
    return String.join(" or ", to(word, known, 3).stream().map(each -> '"' + each + '"').toList());
  }

  /** A word beyond this length is cut, so that a huge one costs nothing. */
  private static int[] points(String word) {
    return word.toLowerCase(Locale.ROOT).codePoints().limit(32).toArray();
  }

  /** Levenshtein's distance, one row at a time. */
  private static int distance(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length];
  }
}
