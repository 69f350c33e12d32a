package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Effect;
import org.jspecify.annotations.Nullable;

/**
 * What of a picture a mask leaves.
 *
 * @param size its height as a share of the picture's
 * @param width its width as a share of the picture's; null if that follows from the size
 * @param aspectRatio its width by its height, in pixels
 * @param centerX distance from the middle of the picture in half widths, to the right
 * @param centerY distance from the middle of the picture in half heights, upwards
 * @param rotation degrees clockwise
 * @param feather softness of its edge, 0 to 1
 * @param roundCorner roundness of its corners, 0 to 1
 * @param invert whether it leaves what is outside of it
 */
public record MaskRequest(
    Effect effect,
    double size,
    @Nullable Double width,
    double aspectRatio,
    double centerX,
    double centerY,
    double rotation,
    double feather,
    double roundCorner,
    boolean invert) {}
