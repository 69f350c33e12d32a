package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.TrackType;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tracks that a recipe asks for. */
final class TrackReader {
  private static final List<String> KNOWN =
      List.of("video", "audio", "text", "effect", "filter", "sticker");

  private TrackReader() {}

  static Map<String, TrackRequest> read(Fields testData) {
    Map<String, TrackRequest> tracks = new LinkedHashMap<>();
    Map<TrackType, Integer> count = new EnumMap<>(TrackType.class);
    int index = 0;
    for (Fields fields : testData.objects("tracks", Limits.TRACKS)) {
      String id = fields.needed("id", Limits.TITLE, "give each track an id of its own");
      TrackType type = type(fields);
      String title = fields.text("title", Limits.TITLE);
      Integer relative = fields.whole("relativeIndex", -999, 999);
      Integer absolute = fields.whole("absoluteIndex", 0, 1_000_000);
      boolean muted = fields.flagOr("muted", false);
      fields.done();
      if (id != null) {
        // A wrong type is a fault already; any one will do so that items still find their track.
        TrackType known = type == null ? TrackType.VIDEO : type;
        int nth = count.merge(known, 1, Integer::sum) - 1;
        int place = known.baseRenderIndex() + (relative == null ? nth : relative);
        TrackRequest track =
            new TrackRequest(
                index++,
                id,
                known,
                title == null ? "" : title,
                absolute == null ? place : absolute,
                muted);
        if (tracks.putIfAbsent(id, track) != null) {
          fields.fault("id", "duplicate-id", "\"" + id + "\" is taken; give each track its own id");
        }
      }
    }
    return tracks;
  }

  private static @Nullable TrackType type(Fields fields) {
    String word = fields.needed("type", Limits.TITLE, "give one of " + String.join(", ", KNOWN));
    if (word == null) {
      return null;
    }
    TrackType type = TrackType.of(word).orElse(null);
    if (word.equals("adjust")) {
      fields.fault(
          "type",
          "not-supported",
          "\"adjust\" tracks are only kept in drafts that exist already; a recipe makes "
              + String.join(", ", KNOWN));
    } else if (type == null) {
      fields.fault(
          "type",
          "unknown-type",
          "is \"" + word + "\"; did you mean " + Nearest.sentence(word, KNOWN) + "?");
    }
    return type;
  }
}
