package dev.millrace.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the triggers of a followed table, by their names, in SQLite's words. */
final class SqliteChangeTriggers {
  private SqliteChangeTriggers() {}

  static Map<String, String> of(String table, List<String> key, List<String> columns) {
    var found = new LinkedHashMap<String, String>();
    // An update may move the key itself, so the row before it is written with its old key.
    List<String> all = Stream.concat(key.stream(), columns.stream()).toList();
    add(found, table, "INSERT", key("NEW", key), "NULL", row("NEW", columns));
    add(found, table, "UPDATE", key("NEW", key), row("OLD", all), row("NEW", columns));
    add(found, table, "DELETE", key("OLD", key), row("OLD", columns), "NULL");
    return found;
  }

  private static void add(
      Map<String, String> found,
      String table,
      String event,
      String key,
      String before,
      String after) {
    String name = "millrace_follow_" + table + "_" + event.toLowerCase(Locale.ROOT);
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
            + table
            + " BEGIN INSERT INTO millrace_changes (source, body) VALUES ('"
            + table
            + "', "
            + body
            + "); END");
  }

  private static String key(String of, List<String> columns) {
    return columns.stream()
        .map(column -> value(of, column))
        .collect(Collectors.joining(", ", "json_array(", ")"));
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
