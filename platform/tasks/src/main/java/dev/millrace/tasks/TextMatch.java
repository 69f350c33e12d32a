package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a text in what a task says about itself: the beginning or end of its id, and any part
 * of its type, tags, unique key, key and last error, without regard to case. Immutable.
 *
 * <p>The database narrows down by {@link #condition}, which may let a little too much through (the
 * tags are JSON there); {@link #fits} has the last word.
 */
final class TextMatch {
  private static final Pattern ID_PART = Pattern.compile("[0-9a-f][0-9a-f-]{0,35}");

  /** Fewer characters of an id's end would match by chance. */
  private static final int ID_END = 6;

  private static final int HEX_OF_MILLIS = 12;

  private final String text;
  private final boolean idPart;

  private TextMatch(String text) {
    this.text = text;
    idPart = ID_PART.matcher(text).matches();
  }

  /** A match for that text; null if there is nothing to look for. */
  static @Nullable TextMatch of(@Nullable String text) {
    return text == null || text.isBlank()
        ? null
        : new TextMatch(text.strip().toLowerCase(Locale.ROOT));
  }

  boolean fits(TaskView task) {
    return fits(task.id(), task.type(), task.tags(), task.uniqueKey(), task.key(), task.error());
  }

  boolean fits(
      TaskId id,
      String type,
      List<String> tags,
      @Nullable String uniqueKey,
      @Nullable String key,
      @Nullable String error) {
    return within(type)
        || tags.stream().anyMatch(this::within)
        || within(uniqueKey)
        || within(key)
        || within(error)
        || (idPart && fitsId(id));
  }

  private boolean within(@Nullable String value) {
    return value != null && value.toLowerCase(Locale.ROOT).contains(text);
  }

  private boolean fitsId(TaskId id) {
    String shown = id.toString();
    return shown.startsWith(text) || (text.length() >= ID_END && shown.endsWith(text));
  }

  /** Whether the text may be the end of an id, which no index knows: the keys must be looked at. */
  boolean looksLikeIdEnd() {
    return idPart && text.length() >= ID_END;
  }

  boolean endsIdOf(long key) {
    return new TaskId(key).toString().endsWith(text);
  }

  /**
   * The condition in SQL, with its arguments added to {@code args}.
   *
   * @param keys of tasks that fit by the end of their id
   */
  String condition(List<Long> keys, List<@Nullable Object> args) {
    var any = new ArrayList<String>();
    String part = '%' + escaped(text) + '%';
    for (String column : List.of("type", "unique_key", "subject", "error")) {
      any.add("lower(" + column + ") LIKE lower(?) ESCAPE '!'");
      args.add(part);
    }
    any.add("lower(tags) LIKE lower(?) ESCAPE '!'");
    args.add('%' + escaped(inJson(text)) + '%');
    if (idPart && isIdStart()) {
      any.add("id BETWEEN ? AND ?");
      args.add(millis('0') << (TaskId.COUNTER_BITS + TaskId.NODE_BITS));
      long last = Math.min(millis('f'), TaskId.millisOf(Long.MAX_VALUE) - 1);
      args.add(((last + 1) << (TaskId.COUNTER_BITS + TaskId.NODE_BITS)) - 1);
    }
    if (!keys.isEmpty()) {
      any.add("id IN (" + String.join(", ", keys.stream().map(String::valueOf).toList()) + ")");
    }
    return " AND (" + String.join(" OR ", any) + ")";
  }

  /** Whether ids can begin like this: their time has 43 bits, so the first digit is small. */
  private boolean isIdStart() {
    return millis('0') < TaskId.millisOf(Long.MAX_VALUE);
  }

  /** The time that an id tells, its missing digits filled up. */
  private long millis(char filler) {
    String digits = text.replace("-", "");
    String time =
        digits.length() >= HEX_OF_MILLIS
            ? digits.substring(0, HEX_OF_MILLIS)
            : digits + String.valueOf(filler).repeat(HEX_OF_MILLIS - digits.length());
    return Long.parseLong(time, 16);
  }

  /** For LIKE with ! as the escape. */
  static String escaped(String part) {
    return part.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** As it stands between the quotes of a JSON text. */
  static String inJson(String text) {
    String quoted = Json.MAPPER.writeValueAsString(text);
    return quoted.substring(1, quoted.length() - 1);
  }
}
