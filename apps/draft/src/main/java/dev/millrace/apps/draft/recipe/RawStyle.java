package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.Clip;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a recipe changes about a {@link RawSegment}; null and empty leave it as it is. */
public record RawStyle(
    @Nullable Clip clip,
    @Nullable Double volume,
    @Nullable Double speed,
    List<AnimationRequest> animations,
    List<KeyframeRequest> keyframes) {
  public RawStyle {
    animations = List.copyOf(animations);
    keyframes = List.copyOf(keyframes);
  }
}
