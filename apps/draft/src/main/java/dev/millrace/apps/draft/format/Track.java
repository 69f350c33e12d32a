package dev.millrace.apps.draft.format;

import java.util.List;

/**
 * A row of the timeline.
 *
 * @param name title given by a person, empty if none was
 * @param renderIndex place in the stack; higher ones cover lower ones
 * @param segments ascending and apart
 */
public record Track(
    String id,
    TrackType type,
    String name,
    int renderIndex,
    boolean muted,
    List<Segment> segments) {
  public Track {
    segments = List.copyOf(segments);
  }
}
