package dev.millrace.apps.draft.format;

import org.jspecify.annotations.Nullable;

/**
 * What shows where a segment leaves the canvas free.
 *
 * @param blur 0.0625, 0.375, 0.75 or 1; 0 for a colour
 * @param color {@code #RRGGBBAA}; null for the blurred picture itself
 */
public record Background(String id, double blur, @Nullable String color) {}
