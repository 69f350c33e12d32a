package dev.millrace.apps.draft.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts a whole draft behind another, or over it. */
final class Merging {
  private final DraftDocument draft;
  private final TrackImport imports;
  private final Source source;

  Merging(DraftDocument draft, Source source) {
    this.draft = draft;
    this.source = source;
    this.imports = new TrackImport(draft, source);
  }

  /**
   * Plays the other draft after this one. Its first video track goes on in ours, its second in our
   * second, and so on for every type, so that there is one main track; what finds no partner
   * becomes a track of its own.
   */
  void append() throws EditException {
    draft.settleDuration();
    List<ObjectNode> taken = imports.taken(source.draft().tracks(), draft.durationMicros());
    Set<ObjectNode> joined = Collections.newSetFromMap(new IdentityHashMap<>());
    List<ObjectNode> before = new ArrayList<>(draft.tracks());
    for (ObjectNode track : taken) {
      ObjectNode partner = partner(track, before, joined);
      if (partner != null && partner.get("segments") instanceof ArrayNode segments) {
        joined.add(partner);
        Long index = TrackPlace.index(partner);
        for (ObjectNode segment : DraftDocument.segments(track)) {
          if (index != null) {
            segment.put("render_index", index);
          }
          segments.add(segment);
        }
      } else {
        TrackPlace.add(draft, track);
      }
    }
  }

  private static @Nullable ObjectNode partner(
      ObjectNode track, List<ObjectNode> candidates, Set<ObjectNode> joined) {
    for (ObjectNode candidate : candidates) {
      boolean fits =
          candidate.path("type").asString("").equals(track.path("type").asString(""))
              && candidate.path("attribute").asInt(0) == track.path("attribute").asInt(0)
              && !DraftDocument.segments(candidate).isEmpty();
      if (fits && !joined.contains(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /** Plays the other draft at the same time, all its tracks above ours of their type. */
  void layer(long offset) throws EditException {
    for (ObjectNode track : imports.taken(source.draft().tracks(), offset)) {
      TrackPlace.add(draft, track);
    }
  }
}
