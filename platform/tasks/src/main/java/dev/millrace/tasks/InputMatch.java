package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a text in inputs as people see them: as it stands in the JSON, or as the value of a
 * text there. What is hidden of an input is not found, or a search would confirm what somebody
 * guesses; nor is anything in an encrypted one.
 *
 * <p>The database looks, and where a type hides something of what it found, the shown input has the
 * last word. One look is bounded in rows and in bytes, because an input may have a megabyte.
 * Thread-safe.
 */
final class InputMatch {
  /**
   * With two arguments, see {@link #patterns}. What is encrypted begins with a control character.
   */
  private static final String CONDITION =
      "(unicode(input) >= 32 AND (input LIKE ? ESCAPE '!' OR input LIKE ? ESCAPE '!'))";

  /** Bytes of input that one piece of a look goes through; an input has at most three million. */
  private static final int BYTES = 8 << 20;

  private final TypeRegistry types;

  InputMatch(TypeRegistry types) {
    this.types = types;
  }

  private static List<String> patterns(String wanted) {
    return List.of(
        '%' + TextMatch.escaped(wanted) + '%',
        '%' + TextMatch.escaped(TextMatch.inJson(wanted)) + '%');
  }

  /**
   * Narrows a statement down to the tasks whose inputs hold the text, if there is one. Looks
   * through all rows that {@code where} leads to.
   */
  void narrow(
      Snapshot view,
      @Nullable String text,
      String table,
      StringBuilder where,
      List<@Nullable Object> args) {
    if (text != null && !text.isBlank()) {
      Set<Long> keys = keys(view, text, table, where, args);
      where.append(" AND id IN (SELECT value FROM json_each(?))");
      args.add(keys.toString());
    }
  }

  /** The keys of the rows of {@code where} whose inputs hold the text. */
  Set<Long> keys(
      Snapshot view, String text, String table, CharSequence where, List<@Nullable Object> args) {
    String wanted = text.strip();
    var all = new ArrayList<>(args);
    all.addAll(patterns(wanted));
    var keys = new HashSet<Long>();
    view.forEach(
        "SELECT id, type, input FROM " + table + where + " AND " + CONDITION,
        row -> {
          if (isShown(wanted, row.getString(2), row.getString(3))) {
            keys.add(row.getLong(1));
          }
        },
        all.toArray());
    return keys;
  }

  /** Of an input that the database found: whether people see the text too. */
  private boolean isShown(String wanted, String type, String input) {
    Redaction redaction = types.redaction(type);
    return !redaction.mayHide(input) || isWithin(wanted, shown(redaction, input));
  }

  /** Whether people see the text in an input, which is as it is stored. */
  boolean fits(@Nullable String text, String type, String stored) {
    if (text == null || text.isBlank()) {
      return true;
    }
    return !Vault.isSealed(stored) && isWithin(text.strip(), shown(types.redaction(type), stored));
  }

  private static String shown(Redaction redaction, String input) {
    return redaction.mayHide(input)
        ? redaction.shown(Json.MAPPER.readTree(input)).toString()
        : input;
  }

  private static boolean isWithin(String text, String input) {
    String wanted = text.toLowerCase(Locale.ROOT);
    String json = input.toLowerCase(Locale.ROOT);
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
