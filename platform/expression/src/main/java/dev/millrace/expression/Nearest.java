package dev.millrace.expression;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant. */
final class Nearest {
  private static final int SHOWN = 10;

  private Nearest() {}

  /** A sentence that names the nearest of {@code known}, or all if none is near. */
  static String remedy(String what, String written, Collection<String> known) {
    if (known.isEmpty()) {
      return "There are no " + what + " here.";
    }
    int least =
        known.stream().mapToInt(name -> distance(written, name)).min().orElse(Integer.MAX_VALUE);
    List<String> nearest =
        least > Math.max(2, written.length() / 3)
            ? List.of()
            : known.stream()
                .filter(name -> distance(written, name) == least)
                .sorted()
                .limit(3)
                .toList();
    if (!nearest.isEmpty()) {
      return "Did you mean " + String.join(", ", nearest) + "?";
    }
    List<String> some = known.stream().sorted().limit(SHOWN).toList();
    String rest = known.size() > SHOWN ? " and " + (known.size() - SHOWN) + " more" : "";
    return "Use one of the " + what + " " + String.join(", ", some) + rest + ".";
  }

  /** Edits from one to the other, letter case aside (Levenshtein), on the first 60 characters. */
  static int distance(String a, String b) {
    String from = shortened(a);
    String to = shortened(b);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }

  private static String shortened(String text) {
    return (text.length() > 60 ? text.substring(0, 60) : text).toLowerCase(Locale.ROOT);
  }
}
