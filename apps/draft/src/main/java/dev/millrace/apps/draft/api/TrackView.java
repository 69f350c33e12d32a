package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A track of a draft. */
@Doc("A track of a draft.")
public record TrackView(
    String id,
    @Doc("video, audio, text, effect, filter, sticker, adjust, or what the draft says.")
        String type,
    @Doc("Title, empty if it has none.") String name,
    @Doc("Place in the stack; null if it has no segment.") @Nullable Long renderIndex,
    boolean muted,
    List<SegmentView> segments) {

  /** A segment of it. */
  @Doc("A segment of a track.")
  public record SegmentView(
      String id,
      String materialId,
      @Doc("Name of its material, empty if it has none.") String name,
      @Doc("What it reads, on text tracks.") @Nullable String text,
      @Nullable Long startMicros,
      @Nullable Long durationMicros,
      @Doc("Where in its file it begins.") @Nullable Long sourceStartMicros,
      @Doc("How much of its file it shows.") @Nullable Long sourceDurationMicros,
      @Nullable Double speed,
      @Nullable Double volume) {}
}
