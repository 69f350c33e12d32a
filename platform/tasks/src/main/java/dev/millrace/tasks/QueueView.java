package dev.millrace.tasks;

import dev.millrace.tasks.adaptive.AutoState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue as people see it.
 *
 * @param paused whether it starts nothing
 * @param order which of its tasks go first
 * @param concurrency how many of its tasks run at once, at most
 * @param limits what holds for the whole queue besides, by name; see {@link TaskLimits}
 * @param auto how the concurrency is found, null if it is a number
 * @param memoryCap how many may run at once as memory stands, null if it holds nothing back
 * @param counts tasks in each state, all states; of finished ones those still in history
 */
public record QueueView(
    String name,
    boolean paused,
    QueueOrder order,
    int concurrency,
    List<Limit> limits,
    @Nullable AutoState auto,
    @Nullable Integer memoryCap,
    Map<TaskState, Long> counts) {}
