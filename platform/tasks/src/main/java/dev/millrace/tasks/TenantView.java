package dev.millrace.tasks;

import java.util.List;
import java.util.Map;

/**
 * A tenant and how it stands.
 *
 * @param weight in queues that have none of their own for it
 * @param queueWeights by queue
 * @param waitsIn the queues in which it has ready tasks
 * @param running how many of its tasks run
 */
public record TenantView(
    String name,
    int weight,
    Map<String, Integer> queueWeights,
    List<String> waitsIn,
    long running) {}
