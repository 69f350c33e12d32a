package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
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

    /** Its name in the database. */
    String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

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
  private final InputMatch inputs;
  private final @Nullable TextMatch text;
  private final Set<TaskState> states;

  /**
   * @param counts what is counted is added here
   */
  Tally(
      Snapshot view,
      TaskFilter filter,
      Column column,
      Map<String, Long> counts,
      InputMatch inputs) {
    this.inputs = inputs;
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

  /** Counts, and says how far it went. */
  Reach count(Buckets buckets, RunningTasks running) {
    boolean live = live(running);
    boolean done = true;
    long left = LOOK;
    for (Bucket bucket : buckets.newestFirst()) {
      if (left <= 0) {
        return new Reach(live, false);
      }
      var table = new TableCount(view, filter, bucket.table, TaskState.SUCCEEDED, true, inputs);
      left -= table.count(column.stored(), doneStates(), left, this::add);
      done &= table.isWhole();
    }
    return new Reach(live, done);
  }

  private void add(@Nullable String stored, long count) {
    add(column.values(stored), count);
  }

  private boolean live(RunningTasks running) {
    // The database does not know what runs, memory does.
    var stored = EnumSet.noneOf(TaskState.class);
    states.stream()
        .filter(state -> !state.finished() && state != TaskState.RUNNING)
        .forEach(stored::add);
    boolean ready = states.contains(TaskState.READY);
    boolean atWork = states.contains(TaskState.RUNNING);
    var table = new TableCount(view, filter, "tasks", TaskState.READY, false, inputs);
    table.count(column.stored(), stored, LOOK, this::add);
    for (LiveRun run : running(running)) {
      if (column == Column.STATE) {
        add(List.of(TaskState.READY.word()), -1);
        add(column.of(run.row), 1);
      } else if (atWork && !ready) {
        add(column.of(run.row), 1);
      } else if (ready && !atWork) {
        add(column.of(run.row), -1);
      }
    }
    return table.isWhole();
  }

  /** The runs that the filter means. */
  private List<LiveRun> running(RunningTasks running) {
    List<LiveRun> runs = running.atWork().stream().filter(run -> fits(run.row)).toList();
    String input = filter.input();
    if (input == null || !filter.asksForInput() || runs.isEmpty()) {
      return runs;
    }
    String keys = runs.stream().map(run -> run.row.key()).toList().toString();
    String where = " WHERE id IN (SELECT value FROM json_each(?))";
    Set<Long> fitting = inputs.keys(view, input, "tasks", where, List.of(keys));
    return runs.stream().filter(run -> fitting.contains(run.row.key())).toList();
  }

  private Set<TaskState> doneStates() {
    var done = EnumSet.noneOf(TaskState.class);
    states.stream().filter(TaskState::finished).forEach(done::add);
    return done;
  }

  private boolean fits(TaskRow row) {
    return filter.fits(row)
        && (filter.tag() == null || Json.tags(row.tags()).contains(filter.tag()))
        && (text == null
            || text.fits(
                row.id(), row.type(), Json.tags(row.tags()), row.uniqueKey(), row.subject(), null));
  }
}
