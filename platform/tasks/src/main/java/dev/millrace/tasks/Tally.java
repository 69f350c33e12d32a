package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the newest tasks of a filter by one column. Confined to one read. */
final class Tally {
  /** Rows of each table that one count goes through, and of history in all. */
  static final int LOOK = 10_000;

  /** Tasks with a tag that are looked up one by one. */
  static final int TAGGED = 2_000;

  /** What to count by. */
  enum Column {
    STATE,
    QUEUE,
    TYPE,
    TAGS;

    private List<String> values(@Nullable String stored) {
      return this == TAGS ? Json.tags(stored) : stored == null ? List.of() : List.of(stored);
    }

    private List<String> of(TaskRow running) {
      return switch (this) {
        case STATE -> List.of(TaskState.RUNNING.word());
        case QUEUE -> List.of(running.queue());
        case TYPE -> List.of(running.type());
        case TAGS -> Json.tags(running.tags());
      };
    }

    private List<String> of(TaskView task) {
      return switch (this) {
        case STATE -> List.of(task.state().word());
        case QUEUE -> List.of(task.queue());
        case TYPE -> List.of(task.type());
        case TAGS -> task.tags();
      };
    }
  }

  private final Snapshot view;
  private final TaskFilter filter;
  private final Column column;
  private final Map<String, Long> counts;
  private final @Nullable TextMatch text;
  private final Set<TaskState> states;

  /**
   * @param counts what is counted is added here
   */
  Tally(Snapshot view, TaskFilter filter, Column column, Map<String, Long> counts) {
    this.view = view;
    this.filter = filter;
    this.column = column;
    this.counts = counts;
    text = TextMatch.of(filter.text());
    states =
        filter.states().isEmpty() ? EnumSet.allOf(TaskState.class) : Set.copyOf(filter.states());
  }

  private void add(List<String> values, long change) {
    for (String value : values) {
      counts.merge(value, change, (a, b) -> Math.max(0, a + b));
    }
  }

  /** Counts; answers whether it reached the end of all tables. */
  boolean count(Buckets buckets, RunningTasks running, Lookup lookup) {
    if (filter.tag() != null) {
      return tagged(filter.tag(), lookup);
    }
    boolean whole = live(running);
    long left = LOOK;
    for (Bucket bucket : buckets.newestFirst()) {
      if (left <= 0) {
        return false;
      }
      Table table = new Table(bucket.table, doneStates(), text == null);
      left -= table.count(left);
      whole &= table.floor == 0;
    }
    return whole;
  }

  private boolean live(RunningTasks running) {
    // The database does not know what runs, memory does.
    var stored = EnumSet.noneOf(TaskState.class);
    states.stream()
        .filter(state -> !state.finished() && state != TaskState.RUNNING)
        .forEach(stored::add);
    boolean ready = states.contains(TaskState.READY);
    boolean atWork = states.contains(TaskState.RUNNING);
    Table table = new Table("tasks", stored, false);
    table.count(LOOK);
    for (LiveRun run : running.all()) {
      if (!fits(run.row)) {
        continue;
      }
      if (column == Column.STATE) {
        add(List.of(TaskState.READY.word()), -1);
        add(column.of(run.row), 1);
      } else if (atWork && !ready) {
        add(column.of(run.row), 1);
      } else if (ready && !atWork) {
        add(column.of(run.row), -1);
      }
    }
    return table.floor == 0;
  }

  private Set<TaskState> doneStates() {
    var done = EnumSet.noneOf(TaskState.class);
    states.stream().filter(TaskState::finished).forEach(done::add);
    return done;
  }

  private boolean fits(TaskRow row) {
    return (filter.queue() == null || filter.queue().equals(row.queue()))
        && (filter.type() == null || filter.type().equals(row.type()))
        && (text == null
            || text.fits(row.id(), row.type(), Json.tags(row.tags()), row.uniqueKey(), null));
  }

  private boolean tagged(String tag, Lookup lookup) {
    List<Long> keys =
        view.query(
            "SELECT task FROM task_tags WHERE tag = ? ORDER BY task DESC LIMIT " + (TAGGED + 1),
            row -> row.getLong(1),
            tag);
    for (long key : keys.subList(0, Math.min(TAGGED, keys.size()))) {
      lookup
          .find(view, key)
          .filter(task -> states.contains(task.state()))
          .filter(task -> filter.queue() == null || filter.queue().equals(task.queue()))
          .filter(task -> filter.type() == null || filter.type().equals(task.type()))
          .filter(task -> text == null || text.fits(task))
          .ifPresent(task -> add(column.of(task), 1));
    }
    return keys.size() <= TAGGED;
  }

  /** The rows of one table. */
  private final class Table {
    private final String name;
    private final Set<TaskState> stored;

    /** Whether the conditions lead over an index, so that they come before the bound. */
    private final boolean led;

    private long floor;

    Table(String name, Set<TaskState> stored, boolean led) {
      this.name = name;
      this.stored = stored;
      this.led = led;
    }

    /** Counts up to {@code look} rows and says how many those were. */
    long count(long look) {
      if (stored.isEmpty()) {
        return 0;
      }
      var args = new ArrayList<@Nullable Object>();
      String where = where(args);
      Object[] given = led ? args.toArray() : new Object[0];
      floor =
          view.find(
                  "SELECT id FROM "
                      + name
                      + (led ? where : "")
                      + " ORDER BY id DESC LIMIT 1 OFFSET "
                      + look,
                  row -> row.getLong(1),
                  given)
              .orElse(0L);
      args.add(floor);
      long[] seen = new long[1];
      view.forEach(
          "SELECT "
              + column.name().toLowerCase(Locale.ROOT)
              + ", count(*) FROM "
              + name
              + where
              + " AND id > ? GROUP BY 1",
          row -> {
            seen[0] += row.getLong(2);
            add(column.values(row.getString(1)), row.getLong(2));
          },
          args.toArray());
      return floor > 0 ? look : seen[0];
    }

    private String where(List<@Nullable Object> args) {
      var where = new StringBuilder(" WHERE state IN (");
      where.append(
          String.join(", ", stored.stream().map(state -> "'" + state.word() + "'").toList()));
      where.append(')');
      if (filter.queue() != null) {
        where.append(" AND queue = ?");
        args.add(filter.queue());
      }
      if (filter.type() != null) {
        where.append(" AND type = ?");
        args.add(filter.type());
      }
      if (text != null) {
        where.append(text.condition(List.of(), args));
      }
      return where.toString();
    }
  }
}
