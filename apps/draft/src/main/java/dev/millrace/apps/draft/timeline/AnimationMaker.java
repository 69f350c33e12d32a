package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.catalogue.Effect;
import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.format.Animations;
import dev.millrace.apps.draft.format.Animations.Animation;
import dev.millrace.apps.draft.format.Animations.Phase;
import dev.millrace.apps.draft.recipe.AnimationRequest;
import dev.millrace.apps.draft.recipe.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Places the animations of a segment: one that comes in at the start, one that goes out at the end,
 * one that loops in what they leave, or a group over its own length.
 */
final class AnimationMaker {
  private final Supplier<String> ids;
  private final List<Note> notes;

  AnimationMaker(Supplier<String> ids, List<Note> notes) {
    this.ids = ids;
    this.notes = notes;
  }

  @Nullable Animations make(Piece piece) {
    Item item = piece.item();
    return item.animations().isEmpty()
        ? null
        : make(item.animations(), piece.durationMicros(), item.pointer("animations"));
  }

  /**
   * As above, for a segment that comes from elsewhere.
   *
   * @param whole its length
   * @param pointer where a recipe asks for the animations
   */
  @Nullable Animations make(List<AnimationRequest> wishes, long whole, String pointer) {
    double share = share(wishes, whole, pointer);
    long in = 0;
    long out = 0;
    for (AnimationRequest wish : wishes) {
      long length = (long) (wish.micros() * share);
      switch (phase(wish.effect().kind())) {
        case IN -> in = length;
        case OUT -> out = length;
        case GROUP, LOOP -> {
          // Neither takes room from the others.
        }
      }
    }
    List<Animation> placed = new ArrayList<>();
    for (AnimationRequest wish : wishes) {
      Effect effect = wish.effect();
      Animation animation =
          switch (phase(effect.kind())) {
            case IN -> animation(Phase.IN, effect, 0, in);
            case OUT -> animation(Phase.OUT, effect, whole - out, out);
            case GROUP -> animation(Phase.GROUP, effect, 0, (long) (wish.micros() * share));
            case LOOP -> animation(Phase.LOOP, effect, in, whole - in - out);
          };
      if (animation.durationMicros() > 0) {
        placed.add(animation);
      } else {
        notes.add(
            new Note(
                pointer,
                "animation-dropped",
                "\"" + effect.name() + "\" was left out: no time is left for it"));
      }
    }
    return placed.isEmpty() ? null : new Animations(ids.get(), placed);
  }

  /** What remains of each length if the clip became shorter than all of them together. */
  private double share(List<AnimationRequest> wishes, long whole, String pointer) {
    long together =
        wishes.stream()
            .filter(wish -> wish.effect().kind() != EffectKind.TEXT_LOOP)
            .mapToLong(AnimationRequest::micros)
            .sum();
    if (together <= whole) {
      return 1;
    }
    notes.add(
        new Note(pointer, "animation-shortened", "were shortened to fit its " + Times.show(whole)));
    return (double) whole / together;
  }

  private static Animation animation(Phase phase, Effect effect, long start, long duration) {
    return new Animation(
        phase, effect.name(), effect.effectId(), effect.resourceId(), start, duration);
  }

  private static Phase phase(EffectKind kind) {
    return switch (kind) {
      case VIDEO_INTRO, TEXT_INTRO -> Phase.IN;
      case VIDEO_OUTRO, TEXT_OUTRO -> Phase.OUT;
      case VIDEO_GROUP -> Phase.GROUP;
      case TEXT_LOOP -> Phase.LOOP;
      case TRANSITION,
          MASK,
          FILTER,
          VIDEO_EFFECT,
          FACE_EFFECT,
          SOUND_EFFECT,
          TONE,
          SPEECH_TO_SONG,
          BUBBLE,
          FLOWER,
          FONT,
          STICKER ->
          throw new IllegalStateException("\"" + kind.word() + "\" is no animation; this is a bug");
    };
  }
}
