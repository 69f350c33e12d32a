package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The tracks that pieces of existing drafts go on: those of the recipe, and new ones. */
final class RawTracks {
  /** The type of track that only existing drafts have. */
  private static final String ADJUST = "adjust";

  private final Map<String, TrackRequest> tracks;

  /** Tracks that are not in the recipe: their first segment decides what they are. */
  private final Map<String, RawSegment> newTracks = new HashMap<>();

  private final Map<TrackType, Integer> count = new EnumMap<>(TrackType.class);

  RawTracks(Map<String, TrackRequest> tracks) {
    this.tracks = tracks;
    tracks.values().forEach(track -> count.merge(track.type(), 1, Integer::sum));
  }

  /** The track of the recipe that is called so. */
  @Nullable TrackRequest find(String id) {
    return tracks.get(id);
  }

  static @Nullable String type(Fields fields) {
    List<String> words = new ArrayList<>(TrackType.words());
    words.add(ADJUST);
    String type =
        fields.needed("trackType", Limits.TITLE, "give one of " + String.join(", ", words));
    if (type != null && !words.contains(type)) {
      fields.fault(
          "trackType",
          "unknown-type",
          () -> "is \"" + type + "\"; did you mean " + Nearest.sentence(type, words) + "?");
      return null;
    }
    return type;
  }

  void check(Fields fields, RawSegment read, @Nullable TrackRequest known) {
    RawSegment first = newTracks.putIfAbsent(read.trackId(), read);
    String type =
        known != null ? known.type().word() : first != null ? first.trackType() : read.trackType();
    if (!type.equals(read.trackType())) {
      fields.fault(
          "trackType",
          "wrong-track",
          "is \""
              + read.trackType()
              + "\", but \""
              + read.trackId()
              + "\" is a track for "
              + type
              + "; use another trackId");
    }
  }

  /** Where a new track goes: all its segments share one place. */
  int place(
      String trackId,
      String type,
      @Nullable Integer relative,
      @Nullable Integer absolute,
      ObjectNode segment) {
    RawSegment first = newTracks.get(trackId);
    if (first != null) {
      return first.renderIndex();
    }
    TrackType known = TrackType.of(type).orElse(null);
    if (absolute != null) {
      return absolute;
    }
    if (known == null) {
      return segment.path("render_index").asInt(0) + (relative == null ? 0 : relative);
    }
    int nth = count.merge(known, 1, Integer::sum) - 1;
    return known.baseRenderIndex() + (relative == null ? nth : relative);
  }
}
