package dev.millrace.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next cursor of the following page; null at the end. A page may hold fewer items than asked
 *     for, even none, and still have a next one: the look for rare matches is bounded
 */
public record TaskPage(List<TaskView> items, @Nullable String next) {}
