package dev.millrace.apps.draft.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an entry of the catalogue can be used as. */
public enum EffectKind {
  TRANSITION("transition"),
  VIDEO_INTRO("video_intro"),
  VIDEO_OUTRO("video_outro"),
  VIDEO_GROUP("video_group"),
  TEXT_INTRO("text_intro"),
  TEXT_OUTRO("text_outro"),
  TEXT_LOOP("text_loop");

  private final String word;

  EffectKind(String word) {
    this.word = word;
  }

  /** The word for it in the catalogue and in a recipe. */
  public String word() {
    return word;
  }

  /** Whether it moves a picture. */
  public boolean isForVideo() {
    return this == VIDEO_INTRO || this == VIDEO_OUTRO || this == VIDEO_GROUP;
  }

  /** Whether it moves a text. */
  public boolean isForText() {
    return this == TEXT_INTRO || this == TEXT_OUTRO || this == TEXT_LOOP;
  }

  /** The kind called {@code word}, if there is one. */
  public static Optional<EffectKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** The words of all kinds of animation. */
  public static List<String> animationWords() {
    return Arrays.stream(values())
        .filter(kind -> kind != TRANSITION)
        .map(EffectKind::word)
        .toList();
  }
}
