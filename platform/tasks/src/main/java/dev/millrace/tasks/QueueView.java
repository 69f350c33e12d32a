package dev.millrace.tasks;

import java.util.List;
import java.util.Map;

/**
 * A queue as people see it.
 *
 * @param paused whether it starts nothing
 * @param concurrency how many of its tasks run at once, at most
 * @param limits what holds for the whole queue besides, by name; see {@link TaskLimits}
 * @param counts tasks in each state, all states; of finished ones those still in history
 */
public record QueueView(
    String name,
    boolean paused,
    int concurrency,
    List<Limit> limits,
    Map<TaskState, Long> counts) {}
