package dev.millrace.tasks.adaptive;

import java.time.Instant;

/**
 * A concurrency that went from one value to another, in one step or several of the same reason.
 *
 * @param at when it came to {@code to}
 */
public record LimitChange(Instant at, int from, int to, Why why) {}
