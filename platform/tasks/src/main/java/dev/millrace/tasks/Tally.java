package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
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

  /**
   * How far a count went.
   *
   * @param live through all unfinished tasks
   * @param done through all of history
   */
  record Reach(boolean live, boolean done) {
    static final Reach WHOLE = new Reach(true, true);

    boolean whole() {
      return live && done;
    }

    boolean holds(TaskState state) {
      return state.finished() ? done : live;
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

  /**
   * Counts.
   *
   * @param tagged the tasks with the filter's tag
   * @return which tables it went through to their end
   */
  Reach count(Buckets buckets, RunningTasks running, @Nullable Tagged tagged) {
    if (filter.tag() != null && tagged != null) {
      return tagged(tagged);
    }
    boolean live = live(running);
    boolean done = true;
    long left = LOOK;
    for (Bucket bucket : buckets.newestFirst()) {
      if (left <= 0) {
        return new Reach(live, false);
      }
      var table = new Table(bucket.table, doneStates(), TaskState.SUCCEEDED, true);
      left -= table.count(left);
      done &= table.whole;
    }
    return new Reach(live, done);
  }

  private boolean live(RunningTasks running) {
    // The database does not know what runs, memory does.
    var stored = EnumSet.noneOf(TaskState.class);
    states.stream()
        .filter(state -> !state.finished() && state != TaskState.RUNNING)
        .forEach(stored::add);
    boolean ready = states.contains(TaskState.READY);
    boolean atWork = states.contains(TaskState.RUNNING);
    var table = new Table("tasks", stored, TaskState.READY, false);
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
    return table.whole;
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

  private Reach tagged(Tagged tagged) {
    for (TaskView task : tagged.tasks()) {
      if (states.contains(task.state())
          && (filter.queue() == null || filter.queue().equals(task.queue()))
          && (filter.type() == null || filter.type().equals(task.type()))
          && (text == null || text.fits(task))) {
        add(column.of(task), 1);
      }
    }
    return new Reach(tagged.isWhole(), tagged.isWhole());
  }

  /** The rows of one table. */
  private final class Table {
    private final String name;
    private final Set<TaskState> stored;

    /** The state that most rows have; for all others there is an index. */
    private final TaskState common;

    /** Whether there are indexes of queues and types. */
    private final boolean indexed;

    private boolean whole = true;

    Table(String name, Set<TaskState> stored, TaskState common, boolean indexed) {
      this.name = name;
      this.stored = stored;
      this.common = common;
      this.indexed = indexed;
    }

    /** Counts by going through {@code look} rows at most, and says through how many it went. */
    long count(long look) {
      long seen = 0;
      if (stored.contains(common)) {
        return counted("state IN (" + words(stored) + ")", false, look);
      }
      for (TaskState state : stored) {
        String lead = "state = '" + state.word() + "' AND state <> '" + common.word() + "'";
        seen += counted(lead, true, look);
      }
      return seen;
    }

    /**
     * Goes through the newest rows that one index leads to. A unary plus keeps the planner from the
     * others, which might go through any number of rows.
     */
    private long counted(String state, boolean byState, long look) {
      boolean byType = indexed && !byState && filter.type() != null;
      boolean byQueue = indexed && !byState && !byType && filter.queue() != null;
      String lead = byState ? state : byType ? "type = ?" : byQueue ? "queue = ?" : "id > 0";
      Object[] led =
          byType
              ? new Object[] {filter.type()}
              : byQueue ? new Object[] {filter.queue()} : new Object[0];
      long floor =
          view.find(
                  "SELECT id FROM "
                      + name
                      + " WHERE "
                      + lead
                      + " ORDER BY id DESC LIMIT 1 OFFSET "
                      + look,
                  row -> row.getLong(1),
                  led)
              .orElse(0L);
      whole &= floor == 0;
      var args = new ArrayList<@Nullable Object>(Arrays.asList(led));
      args.add(floor);
      var where = new StringBuilder(" WHERE ").append(lead).append(" AND id > ?");
      if (!byState) {
        where.append(" AND +").append(state);
      }
      if (filter.type() != null && !byType) {
        where.append(" AND +type = ?");
        args.add(filter.type());
      }
      if (filter.queue() != null && !byQueue) {
        where.append(" AND +queue = ?");
        args.add(filter.queue());
      }
      if (text != null) {
        where.append(text.condition(List.of(), args));
      }
      long[] seen = new long[1];
      view.forEach(
          "SELECT "
              + column.name().toLowerCase(Locale.ROOT)
              + ", count(*) FROM "
              + name
              + where
              + " GROUP BY 1",
          row -> {
            seen[0] += row.getLong(2);
            add(column.values(row.getString(1)), row.getLong(2));
          },
          args.toArray());
      return floor > 0 ? look : seen[0];
    }
  }

  private static String words(Set<TaskState> states) {
    return String.join(", ", states.stream().map(state -> "'" + state.word() + "'").toList());
  }
}
