package dev.millrace.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task that ended.
 *
 * @param number the attempt it was; runs that the process's end interrupted keep their number
 * @param outcome how it ended
 * @param error what failed
 */
public record Attempt(
    int number,
    Instant startedAt,
    Instant endedAt,
    Transition.Event outcome,
    @Nullable String error) {}
