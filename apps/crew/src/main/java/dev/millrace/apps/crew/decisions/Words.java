package dev.millrace.apps.crew.decisions;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts texts into the tokens of the index, and what is searched for into a query.
 *
 * <p>Latin words are tokens as they are, in lower case. Chinese has no spaces and most of its words
 * are of two characters, which the database's trigrams cannot find; so a run of it becomes its
 * pairs, and its last character alone, so that a single character is the beginning of some token.
 * Requests of runs are found in the same way.
 */
public final class Words {
  private static final int MOST_CHARACTERS = 20_000;
  private static final int LONGEST_WORD = 64;

  /**
   * A query of the index, and the Chinese runs of three and more that a found text must really
   * contain, because their pairs may stand apart in it.
   */
  public record Query(String match, List<String> runs) {}

  /** Told of each run of one kind. */
  private interface Runs {
    void word(String word);

    void chinese(String run);
  }

  private Words() {}

  /** The tokens of texts, each once, with a space behind each. */
  public static void tokens(Set<String> into, String... texts) {
    int left = MOST_CHARACTERS;
    for (String text : texts) {
      String part = text.length() > left ? text.substring(0, left) : text;
      left -= part.length();
      each(
          part,
          new Runs() {
            @Override
            public void word(String word) {
              into.add(word);
            }

            @Override
            public void chinese(String run) {
              for (int i = 0; i + 1 < run.length(); i++) {
                into.add(run.substring(i, i + 2));
              }
              into.add(run.substring(run.length() - 1));
            }
          });
    }
  }

  /** A token that filters by a value and never stands in a text. */
  public static String exact(char kind, String value) {
    StringBuilder token = new StringBuilder().append(kind).append('_');
    String lower = value.strip().toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        token.append(c);
      } else {
        token.append('_').append(Integer.toHexString(c)).append('_');
      }
    }
    return token.toString();
  }

  /** All words of {@code text} must be there; a Latin word may be the beginning of one. */
  public static Query query(String text) {
    Set<String> parts = new LinkedHashSet<>();
    List<String> runs = new ArrayList<>();
    each(
        text,
        new Runs() {
          @Override
          public void word(String word) {
            parts.add('"' + word + "\" *");
          }

          @Override
          public void chinese(String run) {
            if (run.length() == 1) {
              parts.add('"' + run + "\" *");
            }
            for (int i = 0; i + 1 < run.length(); i++) {
              parts.add('"' + run.substring(i, i + 2) + '"');
            }
            if (run.length() > 2) {
              runs.add(run);
            }
          }
        });
    return new Query(String.join(" AND ", parts), runs);
  }

  private static void each(String text, Runs runs) {
    String lower = text.toLowerCase(Locale.ROOT);
    int at = 0;
    while (at < lower.length()) {
      boolean chinese = isChinese(lower.charAt(at));
      int end = at + 1;
      if (chinese) {
        while (end < lower.length() && isChinese(lower.charAt(end))) {
          end++;
        }
        runs.chinese(lower.substring(at, end));
      } else if (isWord(lower.charAt(at))) {
        while (end < lower.length() && isWord(lower.charAt(end)) && end - at < LONGEST_WORD) {
          end++;
        }
        runs.word(lower.substring(at, end));
      }
      at = end;
    }
  }

  private static boolean isChinese(char c) {
    return (c >= 0x3400 && c <= 0x9FFF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x3040 && c <= 0x30FF);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) && !isChinese(c);
  }
}
