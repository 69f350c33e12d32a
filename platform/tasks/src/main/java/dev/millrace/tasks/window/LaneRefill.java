package dev.millrace.tasks.window;

/**
 * A read that a lane asked for.
 *
 * @param lane whose tasks to read
 */
public record LaneRefill(String lane, Refill refill) {}
