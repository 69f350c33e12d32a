package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table with columns that may be sealed, and the statements that find and replace what an older
 * key has sealed. Its first key is that of the task that its values belong to, if it is a number.
 * Immutable.
 */
final class SealedTable {
  /** A column, and for which place the values of a row are sealed. */
  record Column(String name, Function<List<Object>, String> place) {
    static Column of(String name, String place) {
      return new Column(name, _ -> place);
    }
  }

  /** Rows of one look for what is to be rewritten. */
  static final int LOOK = 2_000;

  final String name;
  final List<Column> columns;
  final int keys;

  /** Whether its rows are tasks. */
  final boolean tasks;

  /**
   * The keys of the next rows, how many bytes of theirs are to be rewritten, and the number of such
   * values; with the keys before and twice the marks of the vault.
   */
  final String next;

  final String first;

  /** The columns of one row by its keys. */
  final String find;

  private final String byKey;

  private SealedTable(String name, boolean tasks, List<String> keys, Column... columns) {
    this.name = name;
    this.tasks = tasks;
    this.keys = keys.size();
    this.columns = List.of(columns);
    String listed = String.join(", ", keys);
    String asked = String.join(", ", keys.stream().map(_ -> "?").toList());
    String bytes =
        Arrays.stream(columns)
            .map(column ->
                "CASE WHEN "
                    + isStale(column.name)
                    + " THEN octet_length("
                    + column.name
                    + ") ELSE 0 END")
            .collect(Collectors.joining(" + "));
    String rows = "SELECT " + listed + ", " + bytes + " AS bytes FROM " + name;
    String order = " ORDER BY " + listed + " LIMIT " + LOOK;
    first = rows + order;
    next = rows + " WHERE (" + listed + ") > (" + asked + ")" + order;
    byKey = " WHERE " + String.join(" AND ", keys.stream().map(key -> key + " = ?").toList());
    find =
        "SELECT "
            + String.join(", ", this.columns.stream().map(Column::name).toList())
            + " FROM "
            + name
            + byKey;
  }

  /** With the mark of the newest key as an argument. */
  private static String isStale(String column) {
    return "(unicode("
        + column
        + ") = 1 AND substr("
        + column
        + ", 1, 6) = char(1) || 'enc1:' AND instr("
        + column
        + ", ?) <> 1)";
  }

  /** The task that the values of a row belong to; 0 for none. */
  static long task(List<Object> keys) {
    return keys.getFirst() instanceof Number task ? task.longValue() : 0;
  }

  /** Replaces a value of a row, if it is still the one that was read. */
  String replace(Column column) {
    return "UPDATE "
        + name
        + " SET "
        + column.name
        + " = ?"
        + byKey
        + " AND "
        + column.name
        + " = ?";
  }

  /** The tables of unfinished tasks, of batches and of workflows. */
  static List<SealedTable> lasting() {
    return List.of(
        new SealedTable(
            "tasks",
            true,
            List.of("id"),
            Column.of("input", Vault.INPUT),
            Column.of("error", Vault.ERROR),
            Column.of("progress_message", Vault.MESSAGE)),
        new SealedTable(
            "task_attempts",
            false,
            List.of("task", "started_at", "ended_at"),
            Column.of("error", Vault.ATTEMPT)),
        new SealedTable(
            "task_steps",
            false,
            List.of("task", "name"),
            new Column("result", keys -> Vault.step(String.valueOf(keys.get(1))))),
        new SealedTable(
            "task_log",
            false,
            List.of("task", "at"),
            new Column("line", keys -> Vault.line(((Number) keys.get(1)).longValue()))),
        new SealedTable(
            "task_signals",
            false,
            List.of("task", "name", "number"),
            new Column("payload", keys -> Vault.signal(String.valueOf(keys.get(1))))),
        new SealedTable(
            "task_batches",
            false,
            List.of("id"),
            Column.of("on_success", Vault.CALLBACK),
            Column.of("on_failure", Vault.CALLBACK),
            Column.of("on_complete", Vault.CALLBACK)),
        new SealedTable("workflow_runs", false, List.of("id"), Column.of("book", Vault.BOOK)),
        new SealedTable(
            "workflow_definitions",
            false,
            List.of("name", "version"),
            new Column(
                "definition",
                keys ->
                    Vault.definition(
                        String.valueOf(keys.get(0)), ((Number) keys.get(1)).intValue()))));
  }

  /** A table of history. */
  static SealedTable of(Bucket bucket) {
    return new SealedTable(
        bucket.table,
        true,
        List.of("id"),
        Column.of("input", Vault.INPUT),
        Column.of("output", Vault.OUTPUT),
        Column.of("trail", Vault.TRAIL),
        Column.of("error", Vault.ERROR),
        Column.of("progress_message", Vault.MESSAGE));
  }

  /** The arguments of a look. */
  List<Object> looking(String freshMark, List<Object> behind) {
    var args = new ArrayList<Object>();
    columns.forEach(_ -> args.add(freshMark));
    args.addAll(behind);
    return args;
  }
}
