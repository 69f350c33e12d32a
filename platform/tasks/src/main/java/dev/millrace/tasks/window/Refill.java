package dev.millrace.tasks.window;

/**
 * A read that was asked for: ready tasks behind {@code after} in the order of their places.
 *
 * @param number which of the window's reads it is
 * @param after the place behind which to read
 * @param tasks how many to read at most
 * @param weight where to stop at the latest, but never before the first task
 */
public record Refill(long number, Place after, int tasks, long weight) {}
