package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.catalogue.Effect;
import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.format.Background;
import dev.millrace.apps.draft.format.Mask;
import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.format.Overlay;
import dev.millrace.apps.draft.format.Slider;
import dev.millrace.apps.draft.recipe.BackgroundRequest;
import dev.millrace.apps.draft.recipe.Decoration;
import dev.millrace.apps.draft.recipe.EffectRequest;
import dev.millrace.apps.draft.recipe.MaskRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes what changes the look or the sound of a segment. */
final class OverlayMaker {
  private final Supplier<String> ids;

  OverlayMaker(Supplier<String> ids) {
    this.ids = ids;
  }

  /** What an item puts on a track for effects, filters or stickers. */
  Overlay onTrack(EffectRequest request) {
    return overlay(request, true);
  }

  /** What a segment carries, in the client's order. */
  List<Overlay> onSegment(Decoration decoration) {
    List<Overlay> overlays = new ArrayList<>();
    decoration.filters().forEach(filter -> overlays.add(overlay(filter, false)));
    decoration.effects().forEach(effect -> overlays.add(overlay(effect, false)));
    if (decoration.bubble() != null) {
      overlays.add(text(decoration.bubble()));
    }
    if (decoration.flower() != null) {
      overlays.add(text(decoration.flower()));
    }
    return overlays;
  }

  private Overlay overlay(EffectRequest request, boolean ownTrack) {
    Effect effect = request.effect();
    return switch (effect.kind()) {
      case VIDEO_EFFECT, FACE_EFFECT ->
          new Overlay.VideoEffect(
              ids.get(),
              effect.kind() == EffectKind.FACE_EFFECT,
              effect.name(),
              effect.effectId(),
              effect.resourceId(),
              ownTrack,
              sliders(request));
      case FILTER ->
          new Overlay.Filter(
              ids.get(),
              effect.name(),
              effect.effectId(),
              effect.resourceId(),
              request.intensity());
      case STICKER -> new Overlay.Sticker(ids.get(), effect.resourceId());
      case SOUND_EFFECT -> sound(Overlay.Category.SOUND_EFFECT, request);
      case TONE -> sound(Overlay.Category.TONE, request);
      case SPEECH_TO_SONG -> sound(Overlay.Category.SPEECH_TO_SONG, request);
      case TRANSITION,
          VIDEO_INTRO,
          VIDEO_OUTRO,
          VIDEO_GROUP,
          TEXT_INTRO,
          TEXT_OUTRO,
          TEXT_LOOP,
          MASK,
          BUBBLE,
          FLOWER,
          FONT ->
          throw new IllegalStateException(
              "\"" + effect.kind().word() + "\" is no overlay; this is a bug");
    };
  }

  private Overlay sound(Overlay.Category category, EffectRequest request) {
    Effect effect = request.effect();
    return new Overlay.AudioEffect(
        ids.get(), category, effect.name(), effect.resourceId(), sliders(request));
  }

  private Overlay text(Effect effect) {
    return new Overlay.TextEffect(
        ids.get(),
        effect.kind() == EffectKind.BUBBLE,
        effect.name(),
        effect.effectId(),
        effect.resourceId());
  }

  private static List<Slider> sliders(EffectRequest request) {
    List<Slider> sliders = new ArrayList<>();
    List<Effect.Param> params = request.effect().params();
    for (int i = 0; i < params.size(); i++) {
      Effect.Param param = params.get(i);
      sliders.add(
          new Slider(
              param.name(),
              param.index(),
              param.standard(),
              param.min(),
              param.max(),
              request.values().get(i)));
    }
    return sliders;
  }

  @Nullable Background background(Decoration decoration) {
    BackgroundRequest wish = decoration.background();
    return wish == null ? null : new Background(ids.get(), wish.blur(), wish.color());
  }

  /** A mask is measured by the picture it lies on. */
  @Nullable Mask mask(Decoration decoration, @Nullable Media media) {
    MaskRequest wish = decoration.mask();
    if (wish == null || media == null) {
      return null;
    }
    boolean measured = media.width() > 0 && media.height() > 0;
    double shape = measured ? (double) media.height() / media.width() : 1;
    Double given = wish.width();
    double width = given == null ? wish.size() * wish.aspectRatio() * shape : given;
    return new Mask(
        ids.get(),
        wish.effect().name(),
        wish.effect().resourceType(),
        wish.effect().resourceId(),
        width,
        wish.size(),
        wish.centerX(),
        wish.centerY(),
        wish.rotation(),
        wish.feather(),
        wish.roundCorner(),
        wish.invert(),
        given == null ? wish.aspectRatio() : given / (wish.size() * shape));
  }
}
