package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the place of a new track among those of a draft. */
final class TrackPlace {
  private TrackPlace() {}

  /** Adds a track above those of its type. */
  static void add(DraftDocument draft, ObjectNode track) {
    at(draft, track, above(draft, track));
  }

  /** Adds a track at a render index, or at the next one that no track of its type has. */
  static void near(DraftDocument draft, ObjectNode track, long wanted) {
    long index = wanted;
    while (isTaken(draft, track, index)) {
      index++;
    }
    at(draft, track, index);
  }

  private static boolean isTaken(DraftDocument draft, ObjectNode track, long index) {
    for (ObjectNode other : draft.tracks()) {
      Long taken = index(other);
      if (taken != null && taken == index && isOfType(track, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfType(ObjectNode track, ObjectNode other) {
    return track.path("type").asString("").equals(other.path("type").asString(""));
  }

  /** Puts the segments of a track on the track of the draft that has this id. */
  static void join(DraftDocument draft, ObjectNode track, String id) {
    for (ObjectNode there : draft.tracks()) {
      if (there.path("id").asString("").equals(id)) {
        List<ObjectNode> segments = new ArrayList<>(DraftDocument.segments(there));
        Long index = index(there);
        for (ObjectNode segment : DraftDocument.segments(track)) {
          if (index != null) {
            segment.put("render_index", index);
          }
          segments.add(segment);
        }
        segments.sort(
            Comparator.comparingLong(
                segment -> segment.path("target_timerange").path("start").asLong(0)));
        ArrayNode all = there.putArray("segments");
        segments.forEach(all::add);
        return;
      }
    }
    at(draft, track, above(draft, track));
  }

  /** Adds a track with this render index for all its segments. */
  static void at(DraftDocument draft, ObjectNode track, long index) {
    for (ObjectNode segment : DraftDocument.segments(track)) {
      segment.put("render_index", index);
    }
    ArrayNode tracks = draft.trackList();
    int at = tracks.size();
    for (int i = tracks.size() - 1; i >= 0; i--) {
      Long other = index(tracks.get(i) instanceof ObjectNode object ? object : null);
      if (other != null && other <= index) {
        break;
      }
      if (other != null) {
        at = i;
      }
    }
    tracks.insert(at, track);
  }

  /** The render index of a track: that of its first segment; null if it has none. */
  static @Nullable Long index(@Nullable ObjectNode track) {
    List<ObjectNode> segments = track == null ? List.of() : DraftDocument.segments(track);
    return segments.isEmpty() ? null : segments.getFirst().path("render_index").asLong(0);
  }

  private static long above(DraftDocument draft, ObjectNode track) {
    String type = track.path("type").asString("");
    Long own = index(track);
    long base =
        TrackType.of(type)
            .map(known -> (long) known.baseRenderIndex())
            .orElse(own == null ? 0 : own);
    long index = base;
    for (ObjectNode other : draft.tracks()) {
      Long taken = index(other);
      if (taken != null && isOfType(track, other)) {
        index = Math.max(index, taken + 1);
      }
    }
    return index;
  }
}
