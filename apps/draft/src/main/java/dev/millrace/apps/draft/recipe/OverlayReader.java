package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.TrackType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads items that are effects themselves: video effects, filters and stickers on own tracks. */
final class OverlayReader {
  private final EffectReader effects;

  OverlayReader(EffectReader effects) {
    this.effects = effects;
  }

  @Nullable Item read(int index, ItemType type, @Nullable String track, Rule rule, Fields data) {
    EffectRequest effect = effect(type, data);
    Timing timing = Timing.read(data, type, false, 1);
    Clip clip = null;
    List<KeyframeRequest> keyframes = List.of();
    if (type.track() == TrackType.STICKER) {
      clip = ClipReader.read(data, rule.clip());
      keyframes = KeyframeReader.read(data, type.track());
      DecorationReader.uniform(data, clip, keyframes);
    }
    data.free("ext");
    data.done();
    if (track == null || timing == null || effect == null || timing.durationMicros() == null) {
      return null;
    }
    return Item.overlay(
        index, type, track, timing.startMicros(), timing.durationMicros(), clip, keyframes, effect);
  }

  private @Nullable EffectRequest effect(ItemType type, Fields data) {
    if (type == ItemType.FILTER) {
      return effects.adjusted(data, EffectKind.FILTER, true);
    }
    if (type == ItemType.STICKER) {
      return effects.adjusted(data, EffectKind.STICKER, false);
    }
    EffectKind kind =
        data.has("effectType")
            ? EffectReader.kind(data, "effectType", ItemTypes.VIDEO_EFFECTS)
            : EffectKind.VIDEO_EFFECT;
    if (kind == null) {
      data.free("name", "resourceId", "effectId", "params", "values");
      return null;
    }
    return effects.adjusted(data, kind, false);
  }
}
