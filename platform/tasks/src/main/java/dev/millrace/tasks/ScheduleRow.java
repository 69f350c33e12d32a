package dev.millrace.tasks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A schedule as the database has it and memory keeps it. Immutable; times in Unix ms, 0 for none.
 *
 * @param version counts every change, so that what was decided on an older one is not written
 * @param anchor where an interval counts from
 * @param due when it is due next
 * @param fire when it is started for that, later than due by the jitter
 * @param caughtUp times in a row that were made up for
 * @param pending times that wait for the end of the run before
 */
record ScheduleRow(
    long id,
    long version,
    Schedule schedule,
    @Nullable String owner,
    boolean paused,
    long anchor,
    long due,
    long fire,
    long lastDue,
    long lastTask,
    long started,
    long skipped,
    int caughtUp,
    List<Long> pending,
    @Nullable String error,
    long createdAt) {
  static final String COLUMNS =
      "id, version, definition, owner, paused, anchor, due, fire, last_due, last_task, started,"
          + " skipped, caught_up, pending, error, created_at";

  static ScheduleRow read(ResultSet row) throws SQLException {
    return new ScheduleRow(
        row.getLong(1),
        row.getLong(2),
        ScheduleJson.read(row.getString(3)),
        row.getString(4),
        row.getInt(5) != 0,
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getInt(13),
        times(row.getString(14)),
        row.getString(15),
        row.getLong(16));
  }

  private static List<Long> times(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
  }

  /** Its columns in order, for an insert. */
  @Nullable Object[] values() {
    return new @Nullable Object[] {
      id,
      version,
      ScheduleJson.write(schedule),
      owner,
      paused,
      anchor,
      due == 0 ? null : due,
      fire == 0 ? null : fire,
      lastDue == 0 ? null : lastDue,
      lastTask == 0 ? null : lastTask,
      started,
      skipped,
      caughtUp,
      pendingText(),
      error,
      createdAt
    };
  }

  @Nullable String pendingText() {
    return pending.isEmpty()
        ? null
        : String.join(",", pending.stream().map(String::valueOf).toList());
  }

  /**
   * As people may see it.
   *
   * @param input without what is hidden
   */
  ScheduleView view(JsonNode input) {
    return new ScheduleView(
        schedule.withInput(input),
        owner,
        paused,
        due == 0 || paused ? null : Instant.ofEpochMilli(due),
        lastDue == 0 ? null : Instant.ofEpochMilli(lastDue),
        lastTask == 0 ? null : new TaskId(lastTask),
        started,
        skipped,
        pending.size(),
        error,
        Instant.ofEpochMilli(createdAt));
  }

  /** When somebody must look at it next: when it fires, or never. */
  long wakeAt() {
    return paused || fire == 0 ? Long.MAX_VALUE : fire;
  }

  ScheduleRow with(Schedule definition) {
    return new ScheduleRow(
        id,
        version + 1,
        definition,
        owner,
        paused,
        anchor,
        due,
        fire,
        lastDue,
        lastTask,
        started,
        skipped,
        caughtUp,
        pending,
        error,
        createdAt);
  }

  ScheduleRow paused(boolean pause) {
    return new ScheduleRow(
        id,
        version + 1,
        schedule,
        owner,
        pause,
        anchor,
        due,
        fire,
        lastDue,
        lastTask,
        started,
        skipped,
        caughtUp,
        pending,
        error,
        createdAt);
  }

  ScheduleRow due(long at, long fireAt) {
    return new ScheduleRow(
        id, version, schedule, owner, paused, anchor, at, fireAt, lastDue, lastTask, started,
        skipped, caughtUp, pending, error, createdAt);
  }

  /** After a time has come. */
  ScheduleRow passed(long at, long task, int skippedNow, List<Long> waiting, @Nullable String why) {
    return new ScheduleRow(
        id,
        version + 1,
        schedule,
        owner,
        paused,
        anchor,
        due,
        fire,
        at == 0 ? lastDue : at,
        task == 0 ? lastTask : task,
        started + (task == 0 ? 0 : 1),
        skipped + skippedNow,
        caughtUp,
        waiting,
        why,
        createdAt);
  }

  ScheduleRow caughtUp(int count) {
    return new ScheduleRow(
        id, version, schedule, owner, paused, anchor, due, fire, lastDue, lastTask, started,
        skipped, count, pending, error, createdAt);
  }
}
