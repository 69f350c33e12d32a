package dev.millrace.apps.draft.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of track a draft can hold, with the render index their segments start from. */
public enum TrackType {
  VIDEO("video", 0),
  AUDIO("audio", 0),
  EFFECT("effect", 10_000),
  FILTER("filter", 11_000),
  STICKER("sticker", 14_000),
  TEXT("text", 15_000);

  private final String word;
  private final int baseRenderIndex;

  TrackType(String word, int baseRenderIndex) {
    this.word = word;
    this.baseRenderIndex = baseRenderIndex;
  }

  /** The word for it in a draft and in a recipe. */
  public String word() {
    return word;
  }

  /** The render index of a track of this type that asks for no place of its own. */
  public int baseRenderIndex() {
    return baseRenderIndex;
  }

  /** The lists that hold what segments of such a track show. */
  public List<String> materialLists() {
    return switch (this) {
      case VIDEO -> List.of("videos");
      case AUDIO -> List.of("audios");
      case TEXT -> List.of("texts", "text_templates");
      case STICKER -> List.of("stickers");
      case EFFECT -> List.of("video_effects");
      case FILTER -> List.of("effects");
    };
  }

  /** The words of all types. */
  public static List<String> words() {
    return Arrays.stream(values()).map(TrackType::word).toList();
  }

  /** The type called {@code word}, if there is one. */
  public static Optional<TrackType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }
}
