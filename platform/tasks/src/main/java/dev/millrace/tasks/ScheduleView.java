package dev.millrace.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule and how it stands.
 *
 * @param owner who declares it in code; null for one that people made
 * @param next when it is due next; null if it is paused or never again
 * @param lastDue the last time that it was due
 * @param lastTask the last task that it submitted
 * @param started how many tasks it submitted
 * @param skipped how many times were left out: missed, overlapping, or refused
 * @param waiting how many runs wait for the end of the one before
 * @param error why the last time could not be started; null if it could
 */
public record ScheduleView(
    Schedule schedule,
    @Nullable String owner,
    boolean paused,
    @Nullable Instant next,
    @Nullable Instant lastDue,
    @Nullable TaskId lastTask,
    long started,
    long skipped,
    int waiting,
    @Nullable String error,
    Instant createdAt) {}
