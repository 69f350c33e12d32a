package dev.millrace.tasks;

import java.util.List;

/**
 * What runs handlers of a {@link TaskKind}, as people see it.
 *
 * @param name {@code io} or {@code cpu}
 * @param size how many tasks it can run at once
 * @param running how many handlers are at work
 * @param started how many tasks it has started since the process began
 * @param workers the threads of {@code cpu}; none for {@code io}, where each task has its own
 */
public record PoolView(
    String name, int size, int running, long started, List<WorkerView> workers) {}
