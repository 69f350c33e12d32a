package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.catalogue.Nearest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the type of a rule or an item. */
final class ItemTypes {
  /** The kinds of effect that a picture, or a track of its own, may have. */
  static final List<String> VIDEO_EFFECTS =
      List.of(EffectKind.VIDEO_EFFECT.word(), EffectKind.FACE_EFFECT.word());

  /** The kinds of effect that a sound may have. */
  static final List<String> AUDIO_EFFECTS =
      List.of(
          EffectKind.SOUND_EFFECT.word(), EffectKind.TONE.word(), EffectKind.SPEECH_TO_SONG.word());

  private ItemTypes() {}

  static @Nullable ItemType read(Fields fields, String name) {
    String known = String.join(", ", ItemType.words());
    String word = fields.needed(name, Limits.TITLE, "give one of " + known);
    if (word == null) {
      return null;
    }
    ItemType type = ItemType.of(word).orElse(null);
    if (type == null) {
      fields.fault(
          name,
          "unknown-type",
          () ->
              "is \""
                  + word
                  + "\"; did you mean "
                  + Nearest.sentence(word, ItemType.words())
                  + "?");
    }
    return type;
  }
}
