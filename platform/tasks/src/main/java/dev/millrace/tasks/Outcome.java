package dev.millrace.tasks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task leaves the state it was in: what is to be written about it. Immutable.
 *
 * @param run the run that ended; null if the task was not running
 * @param attempt the number to be kept: of the attempt that ended, or 0 if none started
 * @param startedAt Unix ms of the run; 0 if it was not running
 * @param endedAt Unix ms
 * @param runAt when it is due again, if it is to be retried
 * @param trace the error at length, for the attempt
 * @param log lines that are not known to be in the database
 * @param hold what the task waits for, if its run gave way; null otherwise
 * @param failure why the attempt failed; null if it did not
 */
record Outcome(
    TaskRow row,
    @Nullable LiveRun run,
    Transition.Event event,
    int attempt,
    long startedAt,
    long endedAt,
    long runAt,
    @Nullable String output,
    @Nullable String error,
    @Nullable String trace,
    @Nullable Progress progress,
    boolean details,
    List<LogEntry> log,
    @Nullable Hold hold,
    @Nullable Failure failure) {

  /** An outcome of a task that waited. */
  static Outcome ofWaiting(TaskRow row, Transition.Event event, long at, @Nullable String error) {
    return new Outcome(
        row,
        null,
        event,
        row.attempt(),
        0,
        at,
        0,
        null,
        error,
        error,
        null,
        row.details(),
        List.of(),
        null,
        null);
  }

  /** The same of a task that a slot has taken, but not started. */
  Outcome of(LiveRun taken) {
    return new Outcome(
        row, taken, event, attempt, startedAt, endedAt, runAt, output, error, trace, progress,
        details, log, hold, failure);
  }

  Outcome withAttempt(int attempt) {
    return new Outcome(
        row, run, event, attempt, startedAt, endedAt, runAt, output, error, trace, progress,
        details, log, hold, failure);
  }

  /** The same, knowing of details that were written when its run had come to its end. */
  Outcome withLateDetails() {
    return details || run == null || !run.hasDetails()
        ? this
        : new Outcome(
            row, run, event, attempt, startedAt, endedAt, runAt, output, error, trace, progress,
            true, log, hold, failure);
  }

  /** The attempt failed like that. */
  Outcome withFailure(Failure why) {
    return new Outcome(
        row, run, event, attempt, startedAt, endedAt, runAt, output, error, trace, progress,
        details, log, hold, why);
  }

  /** The task was cancelled while its run came to another end. */
  Outcome asCancelled() {
    return new Outcome(
        row,
        run,
        Transition.Event.CANCELLED,
        attempt,
        startedAt,
        endedAt,
        0,
        null,
        null,
        null,
        progress,
        true,
        log,
        null,
        null);
  }

  TaskState to() {
    TaskState from = startedAt == 0 ? row.state() : TaskState.RUNNING;
    return Transition.target(from, event)
        .orElseThrow(() ->
            new IllegalStateException(
                "task "
                    + row.id()
                    + " is "
                    + from.word()
                    + " and cannot take '"
                    + event.words()
                    + "' (possible: "
                    + Transition.possible(from)
                    + "); this is a bug"));
  }

  /** The error as it is stored. */
  @Nullable String sealedError(Vault vault) {
    return vault.sealIfAny(row.type(), row.key(), Vault.ERROR, error);
  }

  /** The message of its progress as it is stored. */
  @Nullable String sealedMessage(Vault vault) {
    return progress == null
        ? null
        : vault.sealIfAny(row.type(), row.key(), Vault.MESSAGE, progress.message());
  }

  TaskChange change(TaskState to) {
    return TaskChange.of(
        row, to, attempt, Instant.ofEpochMilli(endedAt), Json.tags(row.tags()), progress, error);
  }

  /** Whether the run has left, or leaves, rows behind besides the task's own. */
  boolean leavesDetails() {
    return details || progress != null || !log.isEmpty();
  }

  /** Whether the task went straight through, so that memory has all that history needs. */
  boolean isStraight() {
    return event == Transition.Event.SUCCEEDED
        && row.attempt() == 0
        && row.crashes() == 0
        && row.input() != null
        && !details
        && progress == null
        && log.isEmpty();
  }

  /** Whether the shortest statement will do. */
  boolean isPlain() {
    return row.isPlain() && isStraight();
  }
}
