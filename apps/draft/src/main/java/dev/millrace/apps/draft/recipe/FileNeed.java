package dev.millrace.apps.draft.recipe;

import org.jspecify.annotations.Nullable;

/**
 * A file that a recipe needs.
 *
 * @param pointer JSON pointer to the link, for telling what became of it
 * @param fileName name that the recipe gives it
 * @param subtitles whether it holds subtitles, not pictures or sound
 */
public record FileNeed(String pointer, String url, @Nullable String fileName, boolean subtitles) {}
