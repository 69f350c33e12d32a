package dev.millrace.tasks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tasks.
 *
 * @param next cursor of the following page; null at the end
 * @param lookedBackTo how far back a look for what no index leads to has gone, by the time of
 *     submission: the following page goes on there; null if it has seen all, or needed no look
 */
public record TaskPage(
    List<TaskView> items, @Nullable String next, @Nullable Instant lookedBackTo) {}
