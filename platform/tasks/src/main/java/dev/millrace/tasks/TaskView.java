package dev.millrace.tasks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task as people see it.
 *
 * @param attempt the attempt that runs or ran last, from 1; 0 before the first
 * @param crashes how often the process ended while it ran
 * @param cancelling whether a cancellation waits for the handler to end
 * @param createdAt when it was submitted
 * @param runAt when it is or was due, if not at once
 * @param startedAt when its last attempt started; null if it was not started in this process
 * @param finishedAt null while it is unfinished
 * @param error of the last attempt that failed
 * @param batch the batch it is counted in
 * @param waitsFor what a waiting task waits for: {@code signal <name>}, {@code batch <id>} or
 *     {@code tasks}
 * @param expiresAt when it is given up if it has not been started
 * @param input null in lists
 * @param output null in lists, and unless it succeeded with a result
 */
public record TaskView(
    TaskId id,
    String type,
    String queue,
    TaskState state,
    int priority,
    int attempt,
    int crashes,
    boolean cancelling,
    Instant createdAt,
    @Nullable Instant runAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Progress progress,
    @Nullable String error,
    @Nullable String uniqueKey,
    List<String> tags,
    @Nullable String tenant,
    @Nullable String key,
    @Nullable String traceparent,
    @Nullable BatchId batch,
    @Nullable String waitsFor,
    @Nullable Instant expiresAt,
    @Nullable JsonNode input,
    @Nullable JsonNode output) {}
