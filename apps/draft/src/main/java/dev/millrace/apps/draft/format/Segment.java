package dev.millrace.apps.draft.format;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a material on a track.
 *
 * @param materialId id of a {@link Media} or {@link Text} of the same draft
 * @param target where it plays
 * @param source what of the material plays; null for text
 * @param speedId id of the speed object
 * @param clip place on the canvas; null for audio
 */
public record Segment(
    String id,
    String materialId,
    TimeRange target,
    @Nullable TimeRange source,
    String speedId,
    double speed,
    double volume,
    @Nullable Clip clip,
    @Nullable Transition transition,
    @Nullable Fade fade,
    @Nullable Animations animations) {}
