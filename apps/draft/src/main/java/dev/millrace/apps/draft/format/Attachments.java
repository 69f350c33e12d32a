package dev.millrace.apps.draft.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one segment and to no other.
 *
 * @param overlays in the client's order
 * @param curves one a property
 */
public record Attachments(
    @Nullable Transition transition,
    @Nullable Fade fade,
    @Nullable Background background,
    @Nullable Animations animations,
    @Nullable Mask mask,
    List<Overlay> overlays,
    List<Curve> curves) {
  public Attachments {
    overlays = List.copyOf(overlays);
    curves = List.copyOf(curves);
  }
}
