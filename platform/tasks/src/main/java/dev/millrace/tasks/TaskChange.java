package dev.millrace.tasks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The news of a task, for live pages: where it stands now.
 *
 * @param error of the attempt that just failed
 */
public record TaskChange(
    TaskId id,
    String type,
    String queue,
    TaskState state,
    int attempt,
    Instant at,
    List<String> tags,
    @Nullable Progress progress,
    @Nullable String error) {}
