package dev.millrace.apps.draft.format;

/**
 * What of a picture is left.
 *
 * @param width as a share of the picture's width
 * @param height as a share of the picture's height
 * @param centerX distance from the middle in half widths, to the right
 * @param centerY distance from the middle in half heights, upwards
 * @param rotation degrees clockwise
 * @param feather softness of the edge, 0 to 1
 * @param roundCorner 0 to 1
 * @param aspectRatio its width by its height, in pixels
 */
public record Mask(
    String id,
    String name,
    String resourceType,
    String resourceId,
    double width,
    double height,
    double centerX,
    double centerY,
    double rotation,
    double feather,
    double roundCorner,
    boolean invert,
    double aspectRatio) {}
