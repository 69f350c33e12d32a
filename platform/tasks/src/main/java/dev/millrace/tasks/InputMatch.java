package dev.millrace.tasks;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Looks for a text in inputs: as it stands in the JSON, or as the value of a text there. The
 * database looks; one look is bounded in rows and in bytes, because an input may have a megabyte.
 */
final class InputMatch {
  /**
   * With two arguments, see {@link #patterns}. What is encrypted begins with a control character.
   */
  static final String CONDITION =
      "(unicode(input) >= 32 AND (input LIKE ? ESCAPE '!' OR input LIKE ? ESCAPE '!'))";

  /** Bytes of input that one piece of a look goes through; an input has at most three million. */
  private static final int BYTES = 8 << 20;

  private InputMatch() {}

  static List<String> patterns(String text) {
    String wanted = text.strip();
    return List.of(
        '%' + TextMatch.escaped(wanted) + '%',
        '%' + TextMatch.escaped(TextMatch.inJson(wanted)) + '%');
  }

  /** Whether an input that was read holds the text; anything does if none is asked for. */
  static boolean isWithin(@Nullable String text, @Nullable JsonNode input) {
    if (text == null || text.isBlank()) {
      return true;
    }
    if (input == null) {
      return false;
    }
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    String json = input.toString().toLowerCase(Locale.ROOT);
    return json.contains(wanted) || json.contains(TextMatch.inJson(wanted));
  }

  /**
   * The statement that tells where a piece ends: the key of its last row, or nothing if the table
   * ends before.
   *
   * @param where the condition that leads to the rows
   * @param rows of a piece
   */
  static String floor(String table, CharSequence where, int rows) {
    return "SELECT id FROM (SELECT id, row_number() OVER newest AS place, sum(octet_length(input))"
        + " OVER newest AS bytes FROM "
        + table
        + where
        + " WINDOW newest AS (ORDER BY id DESC) ORDER BY id DESC LIMIT "
        + (rows + 1)
        + ") WHERE place > "
        + rows
        + " OR bytes > "
        + BYTES
        + " ORDER BY id DESC LIMIT 1";
  }
}
