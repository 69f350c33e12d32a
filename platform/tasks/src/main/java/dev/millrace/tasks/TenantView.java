package dev.millrace.tasks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant and how it stands.
 *
 * @param weight in queues that have none of their own for it
 * @param queueWeights by queue
 * @param waitsIn the queues in which it has ready tasks
 * @param running how many of its tasks run
 * @param paused whether it starts nothing, in any queue
 * @param pausedIn the queues in which it starts nothing, by name
 * @param most how many of its tasks may wait; null for any number
 * @param waiting how many wait, in whatever state; null where that is not bounded
 */
public record TenantView(
    String name,
    int weight,
    Map<String, Integer> queueWeights,
    List<String> waitsIn,
    long running,
    boolean paused,
    List<String> pausedIn,
    @Nullable Long most,
    @Nullable Long waiting) {}
