package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.ContentWriter;
import dev.millrace.apps.draft.format.TimeRange;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads pieces of existing drafts: they are checked where we rely on them and else left alone. */
final class RawReader {
  /** The type of track that only existing drafts have. */
  private static final String ADJUST = "adjust";

  private final Map<String, TrackRequest> tracks;
  private final SegmentStyles styles;
  private final Links links;
  private final Map<String, RawMaterial> materials = new LinkedHashMap<>();

  /** Tracks that are not in the recipe: their first segment decides what they are. */
  private final Map<String, RawSegment> newTracks = new HashMap<>();

  private final Map<TrackType, Integer> count = new EnumMap<>(TrackType.class);

  RawReader(Map<String, TrackRequest> tracks, SegmentStyles styles, Links links) {
    this.tracks = tracks;
    this.styles = styles;
    this.links = links;
    tracks.values().forEach(track -> count.merge(track.type(), 1, Integer::sum));
  }

  /** The materials of all that was read so far. */
  List<RawMaterial> materials() {
    return List.copyOf(materials.values());
  }

  void readMaterials(Fields root) {
    for (Fields fields : root.objects("rawMaterials", Limits.RAW_MATERIALS)) {
      String id = fields.needed("id", Limits.TITLE, "give the id that its data has");
      String category = category(fields, "category");
      ObjectNode data = tree(fields, "data");
      Fields inner = fields.object("data");
      fields.done();
      if (inner == null || data == null || id == null || category == null) {
        continue;
      }
      sameId(inner, "id", id);
      RawMaterial material =
          new RawMaterial(fields.index(), id, category, data, url(inner, category));
      if (materials.putIfAbsent(id, material) != null) {
        fields.fault("id", "duplicate-id", "\"" + id + "\" is taken; leave one of the two out");
      }
    }
  }

  List<RawSegment> readSegments(Fields root) {
    List<RawSegment> segments = new ArrayList<>();
    for (Fields fields : root.objects("rawSegments", Limits.RAW_SEGMENTS)) {
      RawSegment segment = segment(fields);
      if (segment != null) {
        segments.add(segment);
      }
    }
    return segments;
  }

  private @Nullable RawSegment segment(Fields fields) {
    String trackId = fields.needed("trackId", Limits.TITLE, "give a track of it, or a new id");
    String type = trackType(fields);
    String name = fields.text("trackName", Limits.TITLE);
    Integer relative = fields.whole("relativeIndex", -1_000_000, 1_000_000);
    Integer absolute = fields.whole("absoluteIndex", 0, 1_000_000);
    String materialId = fields.needed("materialId", Limits.TITLE, "give the id of its material");
    ObjectNode segment = tree(fields, "segment");
    Fields inner = fields.object("segment");
    TimeRange target = inner == null ? null : target(inner);
    ObjectNode material = fields.has("material") ? tree(fields, "material") : null;
    String category =
        fields.has("material") || fields.has("materialCategory")
            ? category(fields, "materialCategory")
            : "";
    Fields materialFields = material == null ? null : fields.object("material");
    Map<String, List<ObjectNode>> extras = extras(fields);
    fields.done();
    if (trackId == null || type == null || materialId == null || segment == null) {
      return null;
    }
    if (inner == null || target == null || category == null) {
      return null;
    }
    sameId(inner, "material_id", materialId);
    String url = null;
    if (materialFields != null) {
      sameId(materialFields, "id", materialId);
      url = url(materialFields, category);
    }
    String list = list(fields, materialId, material, category);
    fits(fields, type, list);
    references(inner, extras);
    RawStyle style = style(fields, inner, materialId, trackId, type);
    TrackRequest known = tracks.get(trackId);
    int renderIndex =
        known != null ? known.renderIndex() : place(trackId, type, relative, absolute, segment);
    RawSegment read =
        new RawSegment(
            fields.index(),
            trackId,
            type,
            known != null ? known.title() : name == null ? "" : name,
            renderIndex,
            target,
            materialId,
            segment,
            material,
            material == null ? "" : category,
            extras,
            url,
            style);
    sameTrack(fields, read, known);
    return read;
  }

  private static @Nullable String trackType(Fields fields) {
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

  private void sameTrack(Fields fields, RawSegment read, @Nullable TrackRequest known) {
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
  private int place(
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

  private static @Nullable ObjectNode tree(Fields fields, String name) {
    if (fields.raw(name) instanceof ObjectNode tree) {
      return tree;
    }
    if (!fields.has(name)) {
      fields.fault(name, "missing", "is missing; give it as it stands in the draft");
    } else {
      var _ = fields.object(name); // Tells that it is no object.
    }
    return null;
  }

  private static @Nullable String category(Fields fields, String name) {
    List<String> lists = ContentWriter.materialLists();
    String category = fields.needed(name, Limits.TITLE, "give the list of materials that it is in");
    if (category != null && !lists.contains(category)) {
      unknownCategory(fields, name, category);
      return null;
    }
    return category;
  }

  private static void unknownCategory(Fields fields, String name, String category) {
    fields.fault(
        name,
        "unknown-type",
        () ->
            "\""
                + category
                + "\" is no list of materials; did you mean "
                + Nearest.sentence(category, ContentWriter.materialLists())
                + "?");
  }

  private static void sameId(Fields inner, String name, String id) {
    String own = inner.text(name, Limits.TITLE);
    if (own == null || !own.equals(id)) {
      inner.fault(
          name,
          "id-clash",
          (own == null ? "is missing" : "is \"" + own + "\"") + "; give \"" + id + "\"");
    }
  }

  private static @Nullable TimeRange target(Fields segment) {
    Fields range = segment.object("target_timerange");
    if (range == null) {
      segment.fault("target_timerange", "missing", "is missing; give {start, duration}");
      return null;
    }
    Long start = wholeMicros(range, "start", 0);
    Long duration = wholeMicros(range, "duration", 1);
    return start == null || duration == null ? null : new TimeRange(start, duration);
  }

  private static @Nullable Long wholeMicros(Fields range, String name, long least) {
    JsonNode value = range.raw(name);
    boolean whole =
        value != null
            && value.isIntegralNumber()
            && value.canConvertToLong()
            && value.asLong() >= least
            && value.asLong() <= Limits.MICROS;
    if (!whole || value == null) {
      range.fault(
          name,
          "not-a-time",
          "is "
              + Fields.shown(value)
              + "; give whole microseconds from "
              + least
              + " to "
              + Limits.MICROS);
      return null;
    }
    return value.asLong();
  }

  /** A link is fetched; what lies on the editor's machine stays where it is. */
  private @Nullable String url(Fields material, String category) {
    if (!category.equals("videos") && !category.equals("audios")) {
      return null;
    }
    String path = material.text("path", Limits.URL);
    if (path == null || path.isBlank()) {
      material.fault("path", "missing", "is missing; give a link, or a path of the editor's");
      return null;
    }
    if (path.matches("(/|[A-Za-z]:/).*") && !path.contains("/../") && !path.contains("\\")) {
      return null;
    }
    return links.read(material, "path");
  }

  private static Map<String, List<ObjectNode>> extras(Fields fields) {
    Map<String, List<ObjectNode>> extras = new LinkedHashMap<>();
    Fields byList = fields.object("extraMaterials");
    if (byList == null) {
      return extras;
    }
    for (Map.Entry<String, JsonNode> list : byList.properties()) {
      if (!ContentWriter.materialLists().contains(list.getKey())) {
        unknownCategory(byList, list.getKey(), list.getKey());
      }
      List<ObjectNode> nodes = new ArrayList<>();
      for (Fields material : byList.objects(list.getKey(), Limits.RAW_EXTRAS)) {
        var _ = material.needed("id", Limits.TITLE, "give the id that the segment refers to");
        if (list.getValue().get(material.index()) instanceof ObjectNode node) {
          nodes.add(node);
        }
      }
      extras.put(list.getKey(), nodes);
    }
    return extras;
  }

  /** The list of its material; null and a fault if it has none. */
  private @Nullable String list(
      Fields fields, String materialId, @Nullable ObjectNode material, String category) {
    if (material != null) {
      return category;
    }
    RawMaterial named = materials.get(materialId);
    if (named == null) {
      fields.fault(
          "materialId",
          "unknown-material",
          () ->
              "there is no raw material \""
                  + materialId
                  + "\"; give it as material, or in rawMaterials");
      return null;
    }
    return named.category();
  }

  private static void fits(Fields fields, String type, @Nullable String list) {
    TrackType known = TrackType.of(type).orElse(null);
    if (known != null && list != null && !known.materialLists().contains(list)) {
      fields.fault(
          "materialId",
          "wrong-track",
          "is in "
              + list
              + ", but a track for "
              + type
              + " shows "
              + String.join(" or ", known.materialLists()));
    }
  }

  /** The client cannot open a draft whose references lead nowhere. */
  private void references(Fields segment, Map<String, List<ObjectNode>> extras) {
    Set<String> known = new HashSet<>();
    extras.values().forEach(list -> list.forEach(node -> known.add(node.path("id").asString(""))));
    int index = 0;
    for (JsonNode reference : segment.values("extra_material_refs", Limits.RAW_EXTRAS)) {
      String id = reference.asString("");
      if (!known.contains(id) && !materials.containsKey(id)) {
        segment
            .sink()
            .fault(
                segment.pointer("extra_material_refs") + "/" + index,
                "unknown-material",
                "\"" + id + "\" is nowhere; add it to extraMaterials, or leave it out");
      }
      index++;
    }
  }

  private @Nullable RawStyle style(
      Fields fields, Fields segment, String materialId, String trackId, String type) {
    TrackType known = TrackType.of(type).orElse(null);
    if (known == null) {
      return null;
    }
    RawStyle style = styles.find(materialId, trackId, known, ClipReader.written(segment));
    boolean timed = known == TrackType.VIDEO || known == TrackType.AUDIO;
    if (style != null && style.speed() != null && !timed) {
      fields.fault("trackType", "does-not-apply", "has no speed, but its segmentStyles give one");
    }
    return style;
  }
}
