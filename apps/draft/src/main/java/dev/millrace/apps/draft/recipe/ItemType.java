package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.TrackType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a rule, and the items made by it, put on the timeline. */
public enum ItemType {
  IMAGE("image", TrackType.VIDEO, true),
  VIDEO("video", TrackType.VIDEO, true),
  AUDIO("audio", TrackType.AUDIO, true),
  MUSIC("music", TrackType.AUDIO, true),
  SOUND("sound", TrackType.AUDIO, true),
  VOCAL("vocal", TrackType.AUDIO, true),
  EXTRACT_MUSIC("extract_music", TrackType.AUDIO, true),
  TEXT("text", TrackType.TEXT, true),
  SUBTITLE("subtitle", TrackType.TEXT, true),
  VIDEO_EFFECT("video_effect", TrackType.EFFECT, false),
  STICKER("sticker", TrackType.STICKER, false),
  FILTER("filter", TrackType.FILTER, false);

  private final String word;
  private final TrackType track;
  private final boolean supported;

  ItemType(String word, TrackType track, boolean supported) {
    this.word = word;
    this.track = track;
    this.supported = supported;
  }

  /** The word for it in a recipe. */
  public String word() {
    return word;
  }

  /** The type of track it goes on. */
  public TrackType track() {
    return track;
  }

  /** Whether this server builds it. */
  boolean isSupported() {
    return supported;
  }

  static Optional<ItemType> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).filter(each -> each.supported).map(ItemType::word).toList();
  }
}
