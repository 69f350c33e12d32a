package dev.millrace.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A step that a task has behind it.
 *
 * @param result what it answered; null if nothing, or if it is too large for the history
 */
public record Step(String name, Instant startedAt, Instant endedAt, @Nullable JsonNode result) {}
