package dev.millrace.apps.draft.recipe;

import org.jspecify.annotations.Nullable;

/**
 * What shows where a picture leaves the canvas free.
 *
 * @param blur how far the picture itself is blurred; 0 for a colour
 * @param color {@code #RRGGBBAA}; null for the blurred picture
 */
public record BackgroundRequest(double blur, @Nullable String color) {}
