package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The groups of errors in the database. Thread-safe; written by {@link ErrorCommit}. */
final class ErrorStore implements ErrorGroups {
  /** Kinds of errors; messages made of user input must not fill the database. */
  private static final int MOST = 5_000;

  private static final int HOURS = 24;
  private static final int TYPES = 20;
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})-([0-9a-f]{16})");

  private static final String COLUMNS =
      "fingerprint, exception, message, error, trace, task, failures, dead, first_at, last_at";
  private static final String LOAD = "SELECT fingerprint FROM task_errors";
  private static final String FIND =
      "SELECT " + COLUMNS + " FROM task_errors WHERE fingerprint = ?";
  private static final String OF_DEAD = "SELECT fingerprint FROM task_dead WHERE task = ?";
  private static final String TYPES_OF =
      "SELECT type, failures, dead FROM task_error_types WHERE fingerprint = ?"
          + " ORDER BY failures DESC, type LIMIT "
          + TYPES;
  private static final String HOURS_OF =
      "SELECT hour, failures FROM task_error_hours WHERE fingerprint = ? AND hour > ?";
  private static final String OLD =
      "SELECT fingerprint FROM task_errors WHERE last_at < ? AND dead = 0 LIMIT ?";

  private final Store store;
  private final InstantSource clock;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  ErrorStore(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  void load(Snapshot view) {
    known.addAll(view.query(LOAD, row -> row.getString(1)));
  }

  /**
   * As it is to be counted.
   *
   * @param coming groups of the commit under way
   */
  Failure bounded(Failure failure, Set<String> coming) {
    String fingerprint = failure.fingerprint();
    boolean room =
        known.contains(fingerprint)
            || coming.contains(fingerprint)
            || known.size() + coming.size() < MOST;
    return room ? failure : failure.coarse();
  }

  void committed(Collection<String> fingerprints) {
    known.addAll(fingerprints);
  }

  /** Drops up to {@code most} groups that nobody is dead of and that are old. */
  int purge(Tx tx, long before, int most) {
    List<String> old = tx.query(OLD, row -> row.getString(1), before, most);
    for (String fingerprint : old) {
      tx.update("DELETE FROM task_errors WHERE fingerprint = ?", fingerprint);
      tx.update("DELETE FROM task_error_types WHERE fingerprint = ?", fingerprint);
      tx.update("DELETE FROM task_error_hours WHERE fingerprint = ?", fingerprint);
    }
    tx.afterCommit(() -> known.removeAll(old));
    return old.size();
  }

  /** Hours up to this one are of no interest any more. */
  long oldHour() {
    return clock.millis() / ErrorCommit.HOUR_MILLIS - 2 * HOURS;
  }

  @Override
  public ErrorPage list(ErrorFilter filter, int limit, @Nullable String cursor) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw Limits.option("limit", limit, "Use 1 to " + Limits.PAGE + ".");
    }
    var args = new ArrayList<@Nullable Object>();
    var where = new StringBuilder(" WHERE 1");
    if (cursor != null) {
      Matcher parts = parsed(cursor);
      where.append(" AND (last_at, fingerprint) < (?, ?)");
      args.add(Long.parseLong(parts.group(1)));
      args.add(parts.group(2));
    }
    add(filter, where, args);
    String sql =
        "SELECT "
            + COLUMNS
            + " FROM task_errors"
            + where
            + " ORDER BY last_at DESC, fingerprint DESC LIMIT "
            + (limit + 1);
    return store.read(view -> {
      List<ErrorGroup> found =
          view.query(sql, ErrorStore::group, args.toArray()).stream()
              .map(group -> whole(view, group))
              .toList();
      return found.size() <= limit
          ? new ErrorPage(found, null)
          : new ErrorPage(found.subList(0, limit), cursor(found.get(limit - 1)));
    });
  }

  private static void add(ErrorFilter filter, StringBuilder where, List<@Nullable Object> args) {
    if (filter.dead() != null) {
      where.append(filter.dead() ? " AND dead > 0" : " AND dead = 0");
    }
    if (filter.type() != null) {
      where.append(
          " AND EXISTS (SELECT 1 FROM task_error_types WHERE task_error_types.fingerprint ="
              + " task_errors.fingerprint AND type = ?)");
      args.add(filter.type());
    }
    String text = filter.text();
    if (text != null && !text.isBlank()) {
      where.append(
          " AND (instr(lower(exception), ?) OR instr(lower(message), ?) OR instr(lower(error), ?)"
              + " OR fingerprint = ?)");
      String wanted = text.strip().toLowerCase(Locale.ROOT);
      args.addAll(Collections.nCopies(4, wanted));
    }
  }

  private static String cursor(ErrorGroup last) {
    return last.lastSeen().toEpochMilli() + "-" + last.fingerprint();
  }

  private static Matcher parsed(String cursor) {
    Matcher parts = CURSOR.matcher(cursor);
    if (!parts.matches()) {
      throw TaskException.of(
          TaskException.Reason.INVALID_CURSOR,
          "cursor",
          "'" + Texts.shortened(cursor, 40) + "' is not a cursor",
          "Use next of the page before, exactly as it was given, or none for the first page.");
    }
    return parts;
  }

  @Override
  public Optional<ErrorGroup> find(String fingerprint) {
    return store.read(
        view -> view.find(FIND, ErrorStore::group, fingerprint).map(group -> whole(view, group)));
  }

  @Override
  public Optional<String> of(TaskId dead) {
    return store.read(view -> view.find(OF_DEAD, row -> row.getString(1), dead.key()));
  }

  private ErrorGroup whole(Snapshot view, ErrorGroup bare) {
    String fingerprint = bare.fingerprint();
    List<ErrorGroup.OfType> types =
        view.query(
            TYPES_OF,
            row -> new ErrorGroup.OfType(row.getString(1), row.getLong(2), row.getLong(3)),
            fingerprint);
    long newest = clock.millis() / ErrorCommit.HOUR_MILLIS;
    var hours = new ArrayList<>(Collections.nCopies(HOURS, 0L));
    view.forEach(
        HOURS_OF,
        row -> {
          long ago = newest - row.getLong(1);
          if (ago >= 0) {
            hours.set((int) (HOURS - 1 - ago), row.getLong(2));
          }
        },
        fingerprint,
        newest - HOURS);
    return new ErrorGroup(
        fingerprint,
        bare.exception(),
        bare.message(),
        bare.error(),
        bare.trace(),
        bare.task(),
        bare.failures(),
        bare.dead(),
        bare.firstSeen(),
        bare.lastSeen(),
        types,
        hours);
  }

  private static ErrorGroup group(ResultSet row) throws SQLException {
    return new ErrorGroup(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        new TaskId(row.getLong(6)),
        row.getLong(7),
        row.getLong(8),
        Instant.ofEpochMilli(row.getLong(9)),
        Instant.ofEpochMilli(row.getLong(10)),
        List.of(),
        List.of());
  }
}
