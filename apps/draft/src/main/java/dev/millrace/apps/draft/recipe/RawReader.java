package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.TimeRange;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
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
  private final RawTracks tracks;
  private final SegmentStyles styles;
  private final Links links;
  private final Map<String, RawMaterial> materials = new LinkedHashMap<>();

  RawReader(Map<String, TrackRequest> tracks, SegmentStyles styles, Links links) {
    this.tracks = new RawTracks(tracks);
    this.styles = styles;
    this.links = links;
  }

  /** The materials of all that was read so far. */
  List<RawMaterial> materials() {
    return List.copyOf(materials.values());
  }

  void readMaterials(Fields root) {
    for (Fields fields : root.objects("rawMaterials", Limits.RAW_MATERIALS)) {
      String id = fields.needed("id", Limits.TITLE, "give the id that its data has");
      String category = RawFields.category(fields, "category");
      ObjectNode data = RawFields.tree(fields, "data");
      Fields inner = fields.object("data");
      fields.done();
      if (inner == null || data == null || id == null || category == null) {
        continue;
      }
      RawFields.sameId(inner, "id", id);
      RawMaterial material =
          new RawMaterial(
              fields.index(), id, category, data, RawFields.url(inner, category, links));
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
    String type = RawTracks.type(fields);
    String name = fields.text("trackName", Limits.TITLE);
    Integer relative = fields.whole("relativeIndex", -1_000_000, 1_000_000);
    Integer absolute = fields.whole("absoluteIndex", 0, 1_000_000);
    String materialId = fields.needed("materialId", Limits.TITLE, "give the id of its material");
    ObjectNode segment = RawFields.tree(fields, "segment");
    Fields inner = fields.object("segment");
    TimeRange target = inner == null ? null : target(inner);
    ObjectNode material = fields.has("material") ? RawFields.tree(fields, "material") : null;
    String category =
        fields.has("material") || fields.has("materialCategory")
            ? RawFields.category(fields, "materialCategory")
            : "";
    Fields materialFields = material == null ? null : fields.object("material");
    Map<String, List<ObjectNode>> extras = RawFields.extras(fields);
    fields.done();
    if (trackId == null || type == null || materialId == null || segment == null) {
      return null;
    }
    if (inner == null || target == null || category == null) {
      return null;
    }
    RawFields.sameId(inner, "material_id", materialId);
    String url = null;
    if (materialFields != null) {
      RawFields.sameId(materialFields, "id", materialId);
      url = RawFields.url(materialFields, category, links);
    }
    String list = list(fields, materialId, material, category);
    fits(fields, type, list);
    references(inner, extras);
    RawStyle style = style(fields, inner, materialId, trackId, type);
    TrackRequest known = tracks.find(trackId);
    int renderIndex =
        known != null
            ? known.renderIndex()
            : tracks.place(trackId, type, relative, absolute, segment);
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
    tracks.check(fields, read, known);
    return read;
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
