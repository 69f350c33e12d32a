package dev.millrace.tasks;

import java.util.Map;

/**
 * A queue as people see it.
 *
 * @param paused whether it starts nothing
 * @param concurrency how many of its tasks run at once, at most
 * @param counts tasks in each state, all states; of finished ones those still in history
 */
public record QueueView(
    String name, boolean paused, int concurrency, Map<TaskState, Long> counts) {}
