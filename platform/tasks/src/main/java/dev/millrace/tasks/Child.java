package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/**
 * How a child of a run ended.
 *
 * @param state succeeded, dead or cancelled
 * @param output its result; null if it has none
 * @param error why it is dead; null otherwise
 */
public record Child<O>(TaskId id, TaskState state, @Nullable O output, @Nullable String error) {}
