package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.TrackType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of the timeline, with what its rule adds.
 *
 * @param index place in {@code /testData/items}
 * @param track id of its track
 * @param url where its file is; null for a text that stands in the recipe
 * @param fileName name for its file, if the recipe gives one
 * @param text the text, null if it comes from a subtitle file or there is none
 * @param durationMicros length on the timeline; null for as long as the file lasts
 * @param sourceStartMicros where in the file it begins
 * @param clip place on the canvas; null for the usual one
 * @param style look of a text; null for the usual one
 * @param overlay what it is if it is no file and no text; null if it is one
 */
public record Item(
    int index,
    ItemType type,
    String track,
    @Nullable String url,
    @Nullable String fileName,
    @Nullable String text,
    long startMicros,
    @Nullable Long durationMicros,
    long sourceStartMicros,
    double speed,
    double volume,
    @Nullable Clip clip,
    @Nullable TextStyle style,
    List<AnimationRequest> animations,
    @Nullable TransitionRequest transition,
    @Nullable FadeRequest fade,
    Decoration decoration,
    @Nullable EffectRequest overlay) {
  public Item {
    animations = List.copyOf(animations);
  }

  /** An effect, a filter or a sticker. */
  static Item overlay(
      int index,
      ItemType type,
      String track,
      long startMicros,
      long durationMicros,
      @Nullable Clip clip,
      List<KeyframeRequest> keyframes,
      EffectRequest effect) {
    return new Item(
        index,
        type,
        track,
        null,
        null,
        null,
        startMicros,
        durationMicros,
        0,
        1,
        1,
        clip,
        null,
        List.of(),
        null,
        null,
        Decoration.ofKeyframes(keyframes),
        effect);
  }

  /** JSON pointer to its data, or to one field of it. */
  public String pointer(String field) {
    return "/testData/items/" + index + "/data" + (field.isEmpty() ? "" : "/" + field);
  }

  /** Whether its texts come from a file; they find their places between what else is there. */
  public boolean isSubtitleFile() {
    return type.track() == TrackType.TEXT && text == null;
  }

  /** Where it ends on the timeline; null if that depends on its file. */
  public @Nullable Long endMicros() {
    return durationMicros == null ? null : startMicros + durationMicros;
  }
}
