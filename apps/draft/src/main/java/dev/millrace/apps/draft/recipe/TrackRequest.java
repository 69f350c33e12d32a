package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.TrackType;

/**
 * A track that a recipe asks for.
 *
 * @param title name of the track; empty if none was given
 * @param renderIndex place in the stack, worked out from its type and wishes
 */
public record TrackRequest(
    int index, String id, TrackType type, String title, int renderIndex, boolean muted) {}
