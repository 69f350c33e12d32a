package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.TrackType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a rule, and the items made by it, put on the timeline. */
public enum ItemType {
  IMAGE("image", TrackType.VIDEO),
  VIDEO("video", TrackType.VIDEO),
  AUDIO("audio", TrackType.AUDIO),
  MUSIC("music", TrackType.AUDIO),
  SOUND("sound", TrackType.AUDIO),
  VOCAL("vocal", TrackType.AUDIO),
  EXTRACT_MUSIC("extract_music", TrackType.AUDIO),
  TEXT("text", TrackType.TEXT),
  SUBTITLE("subtitle", TrackType.TEXT),
  VIDEO_EFFECT("video_effect", TrackType.EFFECT),
  STICKER("sticker", TrackType.STICKER),
  FILTER("filter", TrackType.FILTER);

  private final String word;
  private final TrackType track;

  ItemType(String word, TrackType track) {
    this.word = word;
    this.track = track;
  }

  /** The word for it in a recipe. */
  public String word() {
    return word;
  }

  /** The type of track it goes on. */
  public TrackType track() {
    return track;
  }

  /** Whether it is an effect itself and not a file or a text. */
  public boolean isOverlay() {
    return switch (track) {
      case EFFECT, FILTER, STICKER -> true;
      case VIDEO, AUDIO, TEXT -> false;
    };
  }

  static Optional<ItemType> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ItemType::word).toList();
  }
}
