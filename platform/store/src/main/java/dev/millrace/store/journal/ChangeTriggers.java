package dev.millrace.store.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the triggers of a followed table, by their names, in SQLite's words. */
final class ChangeTriggers {
  private ChangeTriggers() {}

  static Map<String, String> of(FollowedTable table) {
    var found = new LinkedHashMap<String, String>();
    add(found, table, "INSERT", "NEW", "NULL", row("NEW", table.columns()));
    add(found, table, "UPDATE", "NEW", row("OLD", withKey(table)), row("NEW", table.columns()));
    add(found, table, "DELETE", "OLD", row("OLD", table.columns()), "NULL");
    return found;
  }

  /** An update may move the key itself, so the row before it is written with its old key. */
  private static List<String> withKey(FollowedTable table) {
    return Stream.concat(table.key().stream(), table.columns().stream()).toList();
  }

  private static void add(
      Map<String, String> found,
      FollowedTable table,
      String event,
      String keyOf,
      String before,
      String after) {
    String name = "millrace_follow_" + table.name() + "_" + event.toLowerCase(Locale.ROOT);
    String key =
        table.key().stream()
            .map(column -> value(keyOf, column))
            .collect(Collectors.joining(", ", "json_array(", ")"));
    String body =
        "json_object('kind', '"
            + event
            + "', 'key', "
            + key
            + ", 'before', "
            + before
            + ", 'after', "
            + after
            + ")";
    found.put(
        name,
        "CREATE TRIGGER "
            + name
            + " AFTER "
            + event
            + " ON "
            + table.name()
            + " BEGIN INSERT INTO millrace_changes (source, body) VALUES ('"
            + table.name()
            + "', "
            + body
            + "); END");
  }

  private static String row(String of, List<String> columns) {
    return columns.stream()
        .map(column -> "'" + column + "', " + value(of, column))
        .collect(Collectors.joining(", ", "json_object(", ")"));
  }

  /** JSON holds no bytes, so they are written as hexadecimal digits. */
  private static String value(String of, String column) {
    String name = of + "." + column;
    return "CASE typeof(" + name + ") WHEN 'blob' THEN hex(" + name + ") ELSE " + name + " END";
  }
}
