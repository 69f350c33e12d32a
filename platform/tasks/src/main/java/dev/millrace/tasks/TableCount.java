package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the newest rows of one table by a column, with bounded work: one index leads to the rows,
 * and so many of them are looked at. Confined to one read.
 */
final class TableCount {
  private final Snapshot view;
  private final TaskFilter filter;
  private final @Nullable TextMatch text;
  private final String table;
  private final TaskState common;
  private final boolean indexed;
  private final InputMatch inputs;
  private boolean whole = true;

  /**
   * @param common the state that most rows have; for all others there is an index
   * @param indexed whether there are indexes of queues and types
   */
  TableCount(
      Snapshot view,
      TaskFilter filter,
      String table,
      TaskState common,
      boolean indexed,
      InputMatch inputs) {
    this.inputs = inputs;
    this.view = view;
    this.filter = filter;
    this.text = TextMatch.of(filter.text());
    this.table = table;
    this.common = common;
    this.indexed = indexed;
  }

  /** Whether all rows were looked at that could be meant. */
  boolean isWhole() {
    return whole;
  }

  /**
   * Counts.
   *
   * @param states of the rows
   * @param look how many rows to go through
   * @param told a value of the column, null too, and its count
   * @return how many rows it went through
   */
  long count(
      String column, Set<TaskState> states, long look, ObjLongConsumer<@Nullable String> told) {
    if (states.isEmpty()) {
      return 0;
    }
    if (filter.tag() != null) {
      return tagged(filter.tag(), column, states, told);
    }
    BatchId batch = filter.batch();
    if (batch != null) {
      Object[] key = {batch.key()};
      return through(
          column, "batch = ?", key, " AND +state IN (" + words(states) + ")", look, told);
    }
    if (states.contains(common)) {
      return led(column, "+state IN (" + words(states) + ")", look, told);
    }
    long seen = 0;
    for (TaskState state : states) {
      String lead = "state = '" + state.word() + "' AND state <> '" + common.word() + "'";
      seen += through(column, lead, new Object[0], "", look, told);
    }
    return seen;
  }

  private long led(String column, String rest, long look, ObjLongConsumer<@Nullable String> told) {
    String type = filter.type();
    String queue = filter.queue();
    if (indexed && type != null) {
      return through(column, "type = ?", new Object[] {type}, " AND " + rest, look, told);
    }
    if (indexed && queue != null) {
      return through(column, "queue = ?", new Object[] {queue}, " AND " + rest, look, told);
    }
    return through(column, "id > 0", new Object[0], " AND " + rest, look, told);
  }

  /**
   * Goes through the newest rows that {@code lead} leads to. A unary plus keeps the planner from
   * other indexes, which might lead to any number of rows.
   */
  private long through(
      String column,
      String lead,
      Object[] values,
      String rest,
      long look,
      ObjLongConsumer<@Nullable String> told) {
    String end =
        filter.asksForInput()
            ? InputMatch.floor(table, " WHERE " + lead, Math.toIntExact(look))
            : "SELECT id FROM "
                + table
                + " WHERE "
                + lead
                + " ORDER BY id DESC LIMIT 1 OFFSET "
                + look;
    long floor = view.find(end, row -> row.getLong(1), values).orElse(0L);
    whole &= floor == 0;
    var args = new ArrayList<@Nullable Object>(Arrays.asList(values));
    args.add(floor);
    long seen = grouped(column, lead + " AND id > ?" + rest, args, told);
    return floor > 0 ? look : seen;
  }

  /** Goes through the newest tasks with the tag: one index has the tags of all tables. */
  private long tagged(
      String tag, String column, Set<TaskState> states, ObjLongConsumer<@Nullable String> told) {
    long floor =
        view.find(
                "SELECT task FROM task_tags WHERE tag = ? ORDER BY task DESC LIMIT 1 OFFSET "
                    + Tally.LOOK,
                row -> row.getLong(1),
                tag)
            .orElse(0L);
    whole &= floor == 0;
    return grouped(
        column,
        "id IN (SELECT task FROM task_tags WHERE tag = ? AND task > ?) AND +state IN ("
            + words(states)
            + ")",
        new ArrayList<>(List.of(tag, floor)),
        told);
  }

  private long grouped(
      String column,
      String condition,
      List<@Nullable Object> args,
      ObjLongConsumer<@Nullable String> told) {
    var where = new StringBuilder(" WHERE ").append(condition);
    if (filter.type() != null && !condition.startsWith("type =")) {
      where.append(" AND +type = ?");
      args.add(filter.type());
    }
    if (filter.queue() != null && !condition.startsWith("queue =")) {
      where.append(" AND +queue = ?");
      args.add(filter.queue());
    }
    if (filter.batch() != null && !condition.startsWith("batch =")) {
      where.append(" AND +batch = ?");
      args.add(filter.batch().key());
    }
    filter.addRare(where, args);
    inputs.narrow(view, filter.input(), table, where, args);
    if (text != null) {
      where.append(text.condition(List.of(), args));
    }
    long[] seen = new long[1];
    view.forEach(
        "SELECT " + column + ", count(*) FROM " + table + where + " GROUP BY 1",
        row -> {
          seen[0] += row.getLong(2);
          told.accept(row.getString(1), row.getLong(2));
        },
        args.toArray());
    return seen[0];
  }

  private static String words(Set<TaskState> states) {
    return String.join(", ", states.stream().map(state -> "'" + state.word() + "'").toList());
  }
}
