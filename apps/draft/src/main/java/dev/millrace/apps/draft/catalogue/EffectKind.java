package dev.millrace.apps.draft.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an entry of the catalogue can be used as. */
public enum EffectKind {
  TRANSITION("transition", Traits.LENGTH | Traits.EFFECT_ID),
  VIDEO_INTRO("video_intro", Traits.LENGTH | Traits.EFFECT_ID),
  VIDEO_OUTRO("video_outro", Traits.LENGTH | Traits.EFFECT_ID),
  VIDEO_GROUP("video_group", Traits.LENGTH | Traits.EFFECT_ID),
  TEXT_INTRO("text_intro", Traits.LENGTH | Traits.EFFECT_ID),
  TEXT_OUTRO("text_outro", Traits.LENGTH | Traits.EFFECT_ID),
  TEXT_LOOP("text_loop", Traits.LENGTH | Traits.EFFECT_ID),
  MASK("mask", 0),
  FILTER("filter", Traits.EFFECT_ID),
  VIDEO_EFFECT("video_effect", Traits.EFFECT_ID | Traits.PARAMS),
  FACE_EFFECT("face_effect", Traits.EFFECT_ID | Traits.PARAMS),
  SOUND_EFFECT("sound_effect", Traits.PARAMS),
  TONE("tone", Traits.PARAMS),
  SPEECH_TO_SONG("speech_to_song", Traits.PARAMS),
  BUBBLE("bubble", Traits.EFFECT_ID),
  FLOWER("flower", Traits.EFFECT_ID),
  FONT("font", 0),
  STICKER("sticker", 0);

  /** What entries of a kind have beside a name and a resource id. */
  private static final class Traits {
    static final int LENGTH = 1;
    static final int EFFECT_ID = 2;
    static final int PARAMS = 4;
  }

  private final String word;
  private final int traits;

  EffectKind(String word, int traits) {
    this.word = word;
    this.traits = traits;
  }

  /** The word for it in the catalogue and in a recipe. */
  public String word() {
    return word;
  }

  /** Whether it takes time of its own. */
  public boolean hasLength() {
    return (traits & Traits.LENGTH) != 0;
  }

  /** Whether the client knows it by an effect id beside its resource id. */
  public boolean hasEffectId() {
    return (traits & Traits.EFFECT_ID) != 0;
  }

  /** Whether it can be adjusted. */
  public boolean hasParams() {
    return (traits & Traits.PARAMS) != 0;
  }

  /** Whether it moves a picture. */
  public boolean isForVideo() {
    return this == VIDEO_INTRO || this == VIDEO_OUTRO || this == VIDEO_GROUP;
  }

  /** Whether it moves a text. */
  public boolean isForText() {
    return this == TEXT_INTRO || this == TEXT_OUTRO || this == TEXT_LOOP;
  }

  /** Whether it changes how a sound is heard. */
  public boolean isForAudio() {
    return this == SOUND_EFFECT || this == TONE || this == SPEECH_TO_SONG;
  }

  /** Whether it changes what a picture shows. */
  public boolean isForPictures() {
    return this == VIDEO_EFFECT || this == FACE_EFFECT;
  }

  /** The kind called {@code word}, if there is one. */
  public static Optional<EffectKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** The words of all kinds. */
  public static List<String> words() {
    return Arrays.stream(values()).map(EffectKind::word).toList();
  }

  /** The words of all kinds of animation. */
  public static List<String> animationWords() {
    return Arrays.stream(values())
        .filter(kind -> kind.isForVideo() || kind.isForText())
        .map(EffectKind::word)
        .toList();
  }
}
