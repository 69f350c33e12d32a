package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages of tasks, newest first, out of the live table and the tables of history. Thread-safe.
 *
 * <p>Each source gives its tasks in descending order down to some key: to the end of the page if it
 * found enough, else to where its look was bounded. A page only holds what all sources have looked
 * at; the cursor is the key where it ends.
 */
final class Lists {
  /** Rows that a look for rare matches goes through. */
  private static final int LOOK = 20_000;

  private static final Set<TaskState> UNFINISHED =
      EnumSet.of(
          TaskState.SCHEDULED,
          TaskState.WAITING,
          TaskState.READY,
          TaskState.RUNNING,
          TaskState.RETRYING);
  private static final Set<TaskState> FINISHED =
      EnumSet.of(TaskState.SUCCEEDED, TaskState.DEAD, TaskState.CANCELLED);

  /** Rows of one piece of a look, between which the time is looked at. */
  private static final int PIECE = 2_000;

  /** After so long a page ends with what it has found. */
  private static final long PATIENCE_NANOS = 400_000_000;

  private final Store store;
  private final LongSupplier ticker;
  private final Buckets buckets;
  private final Views views;
  private final RunningTasks running;
  private final Lookup lookup;
  private final InputMatch inputs;

  /**
   * @param ticker elapsed nanoseconds
   */
  Lists(
      Store store,
      LongSupplier ticker,
      Buckets buckets,
      Views views,
      RunningTasks running,
      Lookup lookup,
      InputMatch inputs) {
    this.inputs = inputs;
    this.store = store;
    this.ticker = ticker;
    this.buckets = buckets;
    this.views = views;
    this.running = running;
    this.lookup = lookup;
  }

  TaskPage list(TaskFilter filter, int limit, @Nullable String cursor) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw Limits.option("limit", limit, "Use 1 to " + Limits.PAGE + ".");
    }
    long before = cursor == null ? Long.MAX_VALUE : Limits.cursor(cursor);
    return store.read(view -> new Page(view, filter, limit, before).make());
  }

  /** Those of some tasks whose inputs hold a text. */
  Set<Long> withInput(List<Long> keys, String text) {
    return store.read(view -> {
      var found = new HashSet<Long>();
      var tables = new ArrayList<>(List.of("tasks"));
      buckets.newestFirst().forEach(bucket -> tables.add(bucket.table));
      String where = " WHERE id IN (SELECT value FROM json_each(?))";
      for (String table : tables) {
        found.addAll(inputs.keys(view, text, table, where, List.of(keys.toString())));
      }
      return found;
    });
  }

  /** One page in the making. */
  private final class Page {
    private final Snapshot view;
    private final TaskFilter filter;
    private final int limit;
    private final long before;
    private final @Nullable TextMatch text;
    private final List<TaskView> found = new ArrayList<>();
    private final long began = ticker.getAsLong();

    /** Below this key some source has not looked. */
    private long lookedDownTo;

    Page(Snapshot view, TaskFilter filter, int limit, long before) {
      this.view = view;
      this.filter = filter;
      this.limit = limit;
      this.before = before;
      this.text = TextMatch.of(filter.text());
    }

    TaskPage make() {
      Set<TaskState> wanted =
          filter.states().isEmpty() ? EnumSet.allOf(TaskState.class) : filter.states();
      if (filter.tag() != null) {
        byTag(filter.tag(), wanted);
      } else {
        live(wanted);
        done(wanted);
      }
      return page();
    }

    private TaskPage page() {
      List<TaskView> items =
          found.stream()
              .filter(task -> task.id().key() >= lookedDownTo)
              .sorted(Comparator.comparingLong((TaskView task) -> task.id().key()).reversed())
              .limit(limit)
              .toList();
      boolean full = items.size() == limit && (found.size() > limit || lookedDownTo > 0);
      long end = full ? items.getLast().id().key() : lookedDownTo;
      boolean looked = filter.isRare() && end > 0;
      return new TaskPage(
          items, end > 0 ? cursor(end) : null, looked ? new TaskId(end).createdAt() : null);
    }

    /** Written as an id, whose check digits tell a cursor from a guess. */
    private String cursor(long key) {
      return new TaskId(key).toString();
    }

    private void live(Set<TaskState> wanted) {
      if (wanted.containsAll(UNFINISHED)) {
        scan("tasks", Views.LIVE_COLUMNS, "", LOOK);
        return;
      }
      for (TaskState state : wanted) {
        switch (state) {
          case RUNNING -> runningOnes();
          case READY -> readyOnes();
          case SCHEDULED, WAITING, RETRYING ->
              scan(
                  "tasks",
                  Views.LIVE_COLUMNS,
                  " AND state = '" + state.word() + "' AND state <> 'ready'",
                  0);
          case SUCCEEDED, DEAD, CANCELLED -> {}
        }
      }
    }

    private void runningOnes() {
      List<Long> keys =
          running.atWork().stream()
              .filter(run -> run.row.key() < before && filter.fits(run.row))
              .map(run -> run.row.key())
              .sorted(Comparator.reverseOrder())
              .limit(isLooking() ? LOOK : limit + 1L)
              .toList();
      var shown = new ArrayList<Long>();
      for (long key : keys) {
        lookup
            .find(view, key)
            .filter(task -> task.state() == TaskState.RUNNING && fits(task) && fitsInput(task))
            .ifPresent(task -> {
              found.add(brief(task));
              shown.add(key);
            });
        if (shown.size() > limit) {
          break;
        }
      }
      lookedTo(isLooking() ? shown : keys, keys.size() == LOOK ? keys.getLast() : 0);
    }

    private void readyOnes() {
      int from = found.size();
      scan("tasks", Views.LIVE_COLUMNS, " AND state = 'ready'", LOOK);
      found.subList(from, found.size()).removeIf(task -> task.state() != TaskState.READY);
    }

    private void done(Set<TaskState> wanted) {
      Set<TaskState> states = EnumSet.copyOf(FINISHED);
      states.retainAll(wanted);
      boolean all = states.size() == FINISHED.size();
      for (Bucket bucket : buckets.newestFirst()) {
        long newest = view.number("SELECT coalesce(max(id), 0) FROM " + bucket.table);
        if (newest < lookedDownTo) {
          continue;
        }
        if (all) {
          scan(bucket.table, Views.DONE_COLUMNS, "", 0);
        } else {
          states.forEach(state -> done(bucket, state));
        }
      }
    }

    /** One state a query: for each there is an index that gives descending ids. */
    private void done(Bucket bucket, TaskState state) {
      String condition = " AND state = '" + state.word() + "'";
      if (state == TaskState.SUCCEEDED) {
        boolean indexed = filter.queue() != null || filter.type() != null || filter.batch() != null;
        scan(bucket.table, Views.DONE_COLUMNS, condition, indexed ? 0 : LOOK);
      } else {
        scan(bucket.table, Views.DONE_COLUMNS, condition + " AND state <> 'succeeded'", 0);
      }
    }

    /**
     * Reads a page of one table.
     *
     * @param stated the condition on the state
     * @param bound how many rows to go through at most, 0 where an index leads
     */
    private void scan(String table, String columns, String stated, int bound) {
      BatchId batch = filter.batch();
      // The index of batches leads where there is one, so that of states must not.
      int look = batch == null ? bound : 0;
      String condition = batch == null ? stated : stated.replace("state", "+state");
      // A unary plus keeps the planner from an index: from that of the order in the live table, and
      // from that of queues, which tells less than that of types.
      String plus = table.equals("tasks") || filter.type() != null || batch != null ? "+" : "";
      var args = new ArrayList<@Nullable Object>();
      var where = new StringBuilder(" WHERE id < ?").append(condition);
      args.add(before);
      if (filter.queue() != null) {
        where.append(" AND ").append(plus).append("queue = ?");
        args.add(filter.queue());
      }
      if (filter.type() != null) {
        where.append(" AND ").append(batch == null ? "" : "+").append("type = ?");
        args.add(filter.type());
      }
      if (batch != null) {
        where.append(" AND batch = ?");
        args.add(batch.key());
      }
      if (filter.isRare()) {
        lookThrough(table, columns, where, args, look == 0);
      } else {
        long floor = look == 0 ? 0 : floor(table, " WHERE id < ?", List.of(before), look);
        lookedTo(read(table, columns, where, args, floor), floor);
      }
    }

    /**
     * Looks for what no index leads to, piece by piece, until the page is full, enough rows were
     * seen, or it took too long.
     *
     * @param led whether an index leads to the rows of {@code where}
     */
    private void lookThrough(
        String table,
        String columns,
        CharSequence where,
        List<@Nullable Object> from,
        boolean led) {
      var args = new ArrayList<@Nullable Object>(from);
      var keys = new ArrayList<Long>();
      int rows = 0;
      long floor;
      do {
        floor =
            led
                ? floor(table, where, args, PIECE)
                : floor(table, " WHERE id < ?", args.subList(0, 1), PIECE);
        keys.addAll(read(table, columns, where, args, floor));
        rows += PIECE;
        args.set(0, floor);
      } while (floor > 0
          && keys.size() <= limit
          && rows < LOOK
          && ticker.getAsLong() - began <= PATIENCE_NANOS);
      lookedTo(keys, floor);
    }

    /** The key behind so many of those rows, 0 if there are not so many. */
    private long floor(String table, CharSequence where, List<@Nullable Object> args, int rows) {
      String end =
          filter.asksForInput()
              ? InputMatch.floor(table, where, rows)
              : "SELECT id FROM " + table + where + " ORDER BY id DESC LIMIT 1 OFFSET " + rows;
      return view.find(end, row -> row.getLong(1), args.toArray()).orElse(0L);
    }

    /** Finds what fits down to {@code floor}; returns the keys of what the database thinks fits. */
    private List<Long> read(
        String table,
        String columns,
        CharSequence from,
        List<@Nullable Object> fromArgs,
        long floor) {
      var where = new StringBuilder(from);
      var args = new ArrayList<@Nullable Object>(fromArgs);
      if (floor > 0) {
        where.append(" AND id >= ?");
        args.add(floor);
      }
      filter.addRare(where, args);
      inputs.narrow(view, filter.input(), table, where, args);
      if (text != null) {
        where.append(text.condition(byIdEnd(table, where, args), args));
      }
      List<TaskView> rows =
          view.query(
              "SELECT "
                  + columns
                  + " FROM "
                  + table
                  + where
                  + " ORDER BY id DESC LIMIT "
                  + (limit + 1),
              views::brief,
              args.toArray());
      rows.stream().filter(this::fits).forEach(found::add);
      return rows.stream().map(task -> task.id().key()).toList();
    }

    /** The keys within the look whose ids end with the text. */
    private List<Long> byIdEnd(String table, CharSequence where, List<@Nullable Object> args) {
      TextMatch wanted = text;
      if (wanted == null || !wanted.looksLikeIdEnd()) {
        return List.of();
      }
      var keys = new ArrayList<Long>();
      view.forEach(
          "SELECT id FROM " + table + where + " ORDER BY id DESC",
          row -> {
            long key = row.getLong(1);
            if (keys.size() <= limit && wanted.endsIdOf(key)) {
              keys.add(key);
            }
          },
          args.toArray());
      return keys;
    }

    /** Whether each task has to be looked at by itself. */
    private boolean isLooking() {
      return text != null || filter.asksForInput();
    }

    /** For tasks that were found one by one. */
    private boolean fitsInput(TaskView task) {
      return !filter.asksForInput()
          || lookup
              .stored(view, task.id().key(), "input")
              .filter(input -> inputs.fits(filter.input(), task.type(), input))
              .isPresent();
    }

    private boolean fits(TaskView task) {
      return text == null || text.fits(task);
    }

    /** A source that gave all it was asked for ends at its last task, another one at its floor. */
    private void lookedTo(List<Long> keys, long floor) {
      long end = keys.size() > limit ? keys.getLast() : floor;
      lookedDownTo = Math.max(lookedDownTo, end);
    }

    private void byTag(String tag, Set<TaskState> wanted) {
      long from = before;
      for (int chunk = 0; chunk < 10 && found.size() <= limit; chunk++) {
        List<Long> keys =
            view.query(
                "SELECT task FROM task_tags WHERE tag = ? AND task < ? ORDER BY task DESC LIMIT "
                    + Limits.PAGE,
                row -> row.getLong(1),
                tag,
                from);
        for (long key : keys) {
          lookup
              .find(view, key)
              .filter(task -> wanted.contains(task.state()))
              .filter(task -> filter.fits(task) && fits(task) && fitsInput(task))
              .ifPresent(task -> found.add(brief(task)));
        }
        if (keys.size() < Limits.PAGE) {
          return;
        }
        from = keys.getLast();
      }
      lookedDownTo = from;
    }
  }

  private static TaskView brief(TaskView task) {
    return new TaskView(
        task.id(),
        task.type(),
        task.queue(),
        task.state(),
        task.priority(),
        task.attempt(),
        task.crashes(),
        task.cancelling(),
        task.createdAt(),
        task.runAt(),
        task.startedAt(),
        task.finishedAt(),
        task.progress(),
        task.error(),
        task.uniqueKey(),
        task.tags(),
        task.tenant(),
        task.key(),
        task.traceparent(),
        task.batch(),
        task.waitsFor(),
        task.expiresAt(),
        null,
        null);
  }
}
