package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.tasks.Transition.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds single tasks, wherever they are. Thread-safe. */
final class Lookup {
  private static final String EXISTS = "SELECT count(*) FROM tasks WHERE id = ?";

  private static final String TYPE = "SELECT type FROM tasks WHERE id = ?";

  private final Store store;
  private final Buckets buckets;
  private final Views views;
  private final RunningTasks running;
  private final TypeRegistry types;
  private final Vault vault;

  Lookup(
      Store store,
      Buckets buckets,
      Views views,
      RunningTasks running,
      TypeRegistry types,
      Vault vault) {
    this.vault = vault;
    this.types = types;
    this.store = store;
    this.buckets = buckets;
    this.views = views;
    this.running = running;
  }

  Optional<TaskView> find(TaskId id) {
    return store.read(view -> find(view, id.key()));
  }

  Optional<TaskView> find(Snapshot view, long key) {
    Optional<TaskView> live = view.find(Views.FIND_LIVE, views::full, key);
    return live.isPresent() ? live : findDone(view, key);
  }

  /** The task in history. */
  Optional<TaskView> findDone(Snapshot view, long key) {
    for (Bucket bucket : buckets.of(key)) {
      Optional<TaskView> done = view.find(bucket.find, views::full, key);
      if (done.isPresent()) {
        return done;
      }
    }
    return Optional.empty();
  }

  /**
   * What the database has of a task, opened.
   *
   * @param column input or output
   */
  Optional<String> stored(TaskId id, String column) {
    return store
        .read(view -> stored(view, id.key(), column))
        .map(text -> vault.open(id.key(), column, text));
  }

  /** The same as it stands there. */
  Optional<String> stored(Snapshot view, long key, String column) {
    var tables = new ArrayList<String>();
    if (column.equals("input")) {
      tables.add("tasks");
    }
    buckets.of(key).forEach(bucket -> tables.add(bucket.table));
    for (String table : tables) {
      Optional<String> found =
          view.find(
                  "SELECT " + column + " FROM " + table + " WHERE id = ?",
                  row -> Optional.ofNullable(row.getString(1)),
                  key)
              .flatMap(text -> text);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  Optional<Trail> trail(TaskId id) {
    LiveRun run = running.find(id.key());
    List<LogEntry> unwritten = run == null ? List.of() : run.unwritten().lines();
    return store.read(
        view -> trail(view, id.key(), unwritten).map(trail -> shown(view, id.key(), trail)));
  }

  private Trail shown(Snapshot view, long key, Trail trail) {
    String type = trail.steps().isEmpty() ? null : type(view, key);
    return Trails.shown(trail, vault, types.redaction(type == null ? "" : type), key);
  }

  private @Nullable String type(Snapshot view, long key) {
    Optional<String> live = view.find(TYPE, row -> row.getString(1), key);
    if (live.isPresent()) {
      return live.get();
    }
    for (Bucket bucket : buckets.of(key)) {
      Optional<String> done = view.find(bucket.findType, row -> row.getString(1), key);
      if (done.isPresent()) {
        return done.get();
      }
    }
    return null;
  }

  Optional<Trail> trail(Snapshot view, long key) {
    return trail(view, key, List.of());
  }

  private Optional<Trail> trail(Snapshot view, long key, List<LogEntry> unwritten) {
    if (view.number(EXISTS, key) > 0) {
      return Optional.of(Trails.merged(Trails.load(view, vault, key), unwritten));
    }
    for (Bucket bucket : buckets.of(key)) {
      Optional<Trail> done = view.find(bucket.findTrail, row -> trailOf(row, key), key);
      if (done.isPresent()) {
        return done;
      }
    }
    return Optional.empty();
  }

  /** A task that went straight through has no text; its one attempt is in the columns. */
  private Trail trailOf(ResultSet row, long key) throws SQLException {
    String json = vault.openOrKeep(key, Vault.TRAIL, row.getString(6));
    long startedAt = row.getLong(3);
    boolean closed = Vault.isSealed(json);
    if (!closed && (json != null || startedAt == 0)) {
      return Trails.parse(json);
    }
    var attempt =
        new Attempt(
            row.getInt(2),
            Instant.ofEpochMilli(startedAt),
            Instant.ofEpochMilli(row.getLong(4)),
            event(TaskState.parse(row.getString(1))),
            vault.shown(key, Vault.ERROR, row.getString(5)));
    List<LogLine> log =
        closed
            ? List.of(
                new LogLine(
                    attempt.endedAt(),
                    LogLine.Level.WARN,
                    String.valueOf(vault.shown(key, Vault.TRAIL, json))))
            : List.of();
    return new Trail(List.of(attempt), List.of(), log);
  }

  private static Event event(TaskState state) {
    return switch (state) {
      case SUCCEEDED -> Event.SUCCEEDED;
      case CANCELLED -> Event.CANCELLED;
      case DEAD -> Event.GAVE_UP;
      case SCHEDULED, WAITING, READY, RUNNING, RETRYING ->
          throw new IllegalStateException("history holds a task that is " + state);
    };
  }

  TaskException notFound(TaskId id) {
    return TaskException.of(
        TaskException.Reason.NOT_FOUND,
        "id",
        "there is no task " + id,
        "Finished tasks leave history after the retention time; list tasks to see what is there.");
  }

  /** A refusal that tells what the task has been through. */
  TaskException refused(TaskView task, String wanted, @Nullable Trail trail) {
    var history = new StringBuilder("submitted ").append(task.createdAt());
    if (trail != null) {
      for (Attempt attempt : trail.attempts()) {
        history.append(", attempt ").append(attempt.number()).append(' ');
        history.append(attempt.endedAt()).append(": ").append(attempt.outcome().words());
      }
    }
    String possible = Transition.possible(task.state());
    return TaskException.of(
        TaskException.Reason.STATE,
        "id",
        "task "
            + task.id()
            + " is "
            + task.state().word()
            + " and cannot be "
            + wanted
            + " ("
            + history
            + ")",
        possible.isEmpty() ? "Submit it anew." : "Possible from here: " + possible + ".");
  }
}
