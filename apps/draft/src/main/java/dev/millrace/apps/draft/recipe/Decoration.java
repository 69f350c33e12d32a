package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an item carries beside its file or text.
 *
 * @param keyframes by property, then by time
 * @param effects on pictures or on sounds, as the item is
 * @param bubble behind a text
 * @param flower the look of a text as the client draws it
 */
public record Decoration(
    List<KeyframeRequest> keyframes,
    @Nullable BackgroundRequest background,
    @Nullable MaskRequest mask,
    List<EffectRequest> filters,
    List<EffectRequest> effects,
    @Nullable Effect bubble,
    @Nullable Effect flower) {
  /** Nothing. */
  public static final Decoration NONE = ofKeyframes(List.of());

  public Decoration {
    keyframes = List.copyOf(keyframes);
    filters = List.copyOf(filters);
    effects = List.copyOf(effects);
  }

  /** Keyframes and nothing else. */
  static Decoration ofKeyframes(List<KeyframeRequest> keyframes) {
    return new Decoration(keyframes, null, null, List.of(), List.of(), null, null);
  }
}
