package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/**
 * How far a run has come.
 *
 * @param done in the handler's own units
 * @param total in the same units; 0 if unknown
 * @param message for people
 */
public record Progress(long done, long total, @Nullable String message) {}
