package dev.millrace.apps.draft.edit;

import org.jspecify.annotations.Nullable;

/**
 * Where a file comes from.
 *
 * @param link to fetch it from; null if it is here
 * @param draft whose own file it is; null for the draft that is worked on
 * @param file its name within the draft, such as {@code Resources/1.jpg}; null if there is a link
 * @param name that it is to have; null for the one that it has
 */
public record FileChoice(
    @Nullable String link, @Nullable String draft, @Nullable String file, @Nullable String name) {}
