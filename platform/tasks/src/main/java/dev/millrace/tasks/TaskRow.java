package dev.millrace.tasks;

import dev.millrace.tasks.window.WindowEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished task as the database has it, in the shape that waits in memory. Immutable.
 *
 * @param state never running: the database does not know that
 * @param rank its place in the queue, see {@link #rankOf}
 * @param runAt Unix time in ms, 0 if at once
 * @param attempt how many attempts have failed
 * @param details whether attempts, steps, progress or log were written
 * @param tags JSON list
 * @param subject the {@link SubmitOptions#key}
 * @param input null if it is large and only the store has it
 * @param batch the batch it is counted in, 0 for none
 * @param expiresAt from when on it is not started any more, in Unix ms; 0 for never
 * @param cost how many units it takes of each rate that it falls under
 */
record TaskRow(
    long key,
    TaskState state,
    String type,
    String queue,
    int priority,
    long rank,
    long runAt,
    int attempt,
    int crashes,
    boolean details,
    boolean cancelling,
    @Nullable String uniqueKey,
    @Nullable String tags,
    @Nullable String tenant,
    @Nullable String subject,
    @Nullable String traceparent,
    @Nullable String input,
    long batch,
    long expiresAt,
    int cost)
    implements WindowEntry {
  /** Inputs beyond this many bytes are read when the task starts. */
  static final int INPUT_IN_MEMORY = 4_096;

  private static final int WEIGHT = 256;

  /** The columns that {@link #read} expects, in order. */
  static final String COLUMNS =
      "id, state, type, queue, priority, rank, run_at, attempt, crashes, details, cancelling,"
          + " unique_key, tags, tenant, subject, traceparent,"
          + " CASE WHEN octet_length(input) <= "
          + INPUT_IN_MEMORY
          + " THEN input END, batch, expires_at, cost";

  /** As {@link #COLUMNS}, of a table of history. */
  static final String DONE_COLUMNS =
      "id, state, type, queue, priority, 0, run_at, attempt, crashes, 1, 0, unique_key, tags,"
          + " tenant, subject, traceparent, NULL, batch, NULL, coalesce(cost, 1)";

  static TaskRow read(ResultSet row) throws SQLException {
    return new TaskRow(
        row.getLong(1),
        TaskState.parse(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getInt(5),
        row.getLong(6),
        row.getLong(7),
        row.getInt(8),
        row.getInt(9),
        row.getInt(10) != 0,
        row.getInt(11) != 0,
        row.getString(12),
        row.getString(13),
        row.getString(14),
        row.getString(15),
        row.getString(16),
        row.getString(17),
        row.getLong(18),
        row.getLong(19),
        row.getInt(20));
  }

  /**
   * Priority with ageing as one static number: a level of priority is worth {@code ageing} of
   * waiting, and since all tasks age alike, their order never changes while they wait.
   */
  static long rankOf(long readyAtMillis, int priority, long ageingMillis) {
    return readyAtMillis + priority * ageingMillis;
  }

  TaskRow ready(long rank) {
    return as(TaskState.READY, queue, priority, rank, runAt, details, expiresAt);
  }

  /** As it is after a run that was put back: it has begun for good. */
  TaskRow putBack() {
    return as(TaskState.READY, queue, priority, rank, runAt, true, 0);
  }

  /** As it is while a limit holds it up. */
  TaskRow waiting() {
    return as(TaskState.WAITING, queue, priority, rank, runAt, details, expiresAt);
  }

  /** As it is at another place. */
  TaskRow moved(TaskState to, String queue, int priority, long rank, long runAt) {
    return as(to, queue, priority, rank, runAt, details, expiresAt);
  }

  /** The same with another input, as it is stored. */
  TaskRow withInput(String stored) {
    String inMemory = stored.length() > INPUT_IN_MEMORY ? null : stored;
    return as(state, uniqueKey, inMemory);
  }

  /** The same with a unique key, or without one. */
  TaskRow withUniqueKey(@Nullable String unique) {
    return as(state, unique, input);
  }

  /** As it is while it waits for the end of another with its unique key. */
  TaskRow behind(Ranks ranks) {
    long ranked = ranks.ofArrival(queue, priority, TaskId.millisOf(key));
    return moved(TaskState.WAITING, queue, priority, ranked, 0).withUniqueKey(null);
  }

  /** When it is due, or was, in Unix ms. */
  long dueAt() {
    return runAt == 0 ? TaskId.millisOf(key) : runAt;
  }

  /** The same with an expiry that has moved as its due time has, from that of {@code before}. */
  TaskRow due(long at, TaskRow before) {
    return expiresAt == 0
        ? this
        : as(state, queue, priority, rank, runAt, details, expiresAt + at - before.dueAt());
  }

  private TaskRow as(TaskState to, @Nullable String unique, @Nullable String stored) {
    return new TaskRow(
        key,
        to,
        type,
        queue,
        priority,
        rank,
        runAt,
        attempt,
        crashes,
        details,
        cancelling,
        unique,
        tags,
        tenant,
        subject,
        traceparent,
        stored,
        batch,
        expiresAt,
        cost);
  }

  private TaskRow as(
      TaskState to,
      String queue,
      int priority,
      long rank,
      long runAt,
      boolean details,
      long expiresAt) {
    return new TaskRow(
        key,
        to,
        type,
        queue,
        priority,
        rank,
        runAt,
        attempt,
        crashes,
        details,
        cancelling,
        uniqueKey,
        tags,
        tenant,
        subject,
        traceparent,
        input,
        batch,
        expiresAt,
        cost);
  }

  /** Whether it is too late to start it; what a crash interrupted has begun and goes on. */
  boolean isExpired(long nowMillis) {
    return expiresAt != 0 && expiresAt <= nowMillis && crashes == 0;
  }

  TaskId id() {
    return new TaskId(key);
  }

  /** Whether only the common columns are set, so that the short statements will do. */
  boolean isPlain() {
    return state == TaskState.READY
        && runAt == 0
        && attempt == 0
        && crashes == 0
        && uniqueKey == null
        && tags == null
        && tenant == null
        && subject == null
        && traceparent == null
        && batch == 0
        && expiresAt == 0
        && cost == 1;
  }

  /** The lane of its queue: the tenant, or nobody. */
  @Override
  public String lane() {
    return tenant == null ? "" : tenant;
  }

  @Override
  public int weight() {
    return WEIGHT + (input == null ? 0 : input.length());
  }
}
