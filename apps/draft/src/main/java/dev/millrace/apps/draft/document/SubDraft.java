package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.format.TrackType;
import dev.millrace.apps.draft.timeline.DraftIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pieces of a draft that another can use: segments with the tracks they were on and all that they
 * refer to, and materials by themselves. Its trees are never changed.
 *
 * @param segments in the order of their tracks
 * @param materials each once
 */
public record SubDraft(List<RawSegment> segments, List<RawMaterial> materials) {
  public SubDraft {
    segments = List.copyOf(segments);
    materials = List.copyOf(materials);
  }

  /**
   * A segment with what it needs.
   *
   * @param trackId segments of one id come to one track
   * @param relativeIndex how far above the usual place of its type the track was; null if an
   *     absolute index says it
   * @param absoluteIndex render index of the track; null if a relative one says it
   * @param materialId id of its material
   * @param segment as the document has it
   * @param material as the document has it; null if {@code rawMaterials} has it under its id
   * @param materialCategory the list that the material is in
   * @param extraMaterials everything else that the segment refers to, by list
   */
  public record RawSegment(
      String trackId,
      String trackType,
      String trackName,
      @Nullable Long relativeIndex,
      @Nullable Long absoluteIndex,
      String materialId,
      ObjectNode segment,
      @Nullable ObjectNode material,
      String materialCategory,
      Map<String, List<ObjectNode>> extraMaterials) {}

  /**
   * A material.
   *
   * @param category the list that it is in
   */
  public record RawMaterial(String id, String category, ObjectNode data) {}

  /**
   * Takes pieces out of a draft, which stays as it is.
   *
   * @param wanted which segments of which tracks
   */
  public static SubDraft extract(DraftDocument draft, BiPredicate<ObjectNode, ObjectNode> wanted) {
    Material.Index materials = new Material.Index(draft);
    List<RawSegment> segments = new ArrayList<>();
    Map<String, RawMaterial> shown = new LinkedHashMap<>();
    for (ObjectNode track : draft.tracks()) {
      for (ObjectNode segment : DraftDocument.segments(track)) {
        if (wanted.test(track, segment)) {
          RawSegment raw = raw(track, segment, materials);
          segments.add(raw);
          ObjectNode material = raw.material();
          if (material != null) {
            shown.putIfAbsent(
                raw.materialId(),
                new RawMaterial(raw.materialId(), raw.materialCategory(), material));
          }
        }
      }
    }
    return new SubDraft(segments, List.copyOf(shown.values()));
  }

  private static RawSegment raw(ObjectNode track, ObjectNode segment, Material.Index materials) {
    String type = track.path("type").asString("");
    long index = segment.path("render_index").asLong(0);
    Long base = TrackType.of(type).map(known -> (long) known.baseRenderIndex()).orElse(null);
    Long above = base != null && index >= base ? Long.valueOf(index - base) : null;
    String materialId = segment.path("material_id").asString("");
    Material material = materials.find(materialId);
    Map<String, List<ObjectNode>> extra = new LinkedHashMap<>();
    Pieces.needs(segment, materials)
        .forEach((id, needed) -> {
          if (!id.equals(materialId)) {
            extra
                .computeIfAbsent(needed.list(), _ -> new ArrayList<>())
                .add(needed.node().deepCopy());
          }
        });
    return new RawSegment(
        track.path("id").asString(""),
        type,
        track.path("name").asString(""),
        above,
        above == null ? Long.valueOf(index) : null,
        materialId,
        segment.deepCopy(),
        material == null ? null : material.node().deepCopy(),
        material == null ? "" : material.list(),
        extra);
  }

  /**
   * Adds the pieces to a draft, with fresh local ids: a track for each track id, a material once
   * however many segments show it. Of materials that no segment shows nothing is added.
   *
   * @param offset how much later they play, in microseconds
   * @throws EditException if a piece is incomplete
   */
  public void addTo(DraftDocument draft, long offset) throws EditException {
    addTo(draft, offset, Map.of());
  }

  /**
   * The same, where some of the tracks are there already.
   *
   * @param joins ids of tracks of the draft, by the track ids of the pieces that go on them
   */
  public void addTo(DraftDocument draft, long offset, Map<String, String> joins)
      throws EditException {
    LocalIds ids = new LocalIds();
    Map<String, Material> needed = new LinkedHashMap<>();
    Map<String, ObjectNode> tracks = new LinkedHashMap<>();
    Map<String, RawSegment> places = new LinkedHashMap<>();
    Map<String, RawMaterial> byId = new LinkedHashMap<>();
    materials.forEach(material -> byId.put(material.id(), material));
    for (int i = 0; i < segments.size(); i++) {
      RawSegment raw = segments.get(i);
      ObjectNode track = tracks.computeIfAbsent(raw.trackId(), _ -> track(raw));
      places.putIfAbsent(raw.trackId(), raw);
      ObjectNode segment = raw.segment().deepCopy();
      collect(raw, segment, i, byId, needed);
      later(segment, offset, i);
      track.withArray("segments").add(segment);
    }
    tracks.values().forEach(ids::ownTrack);
    needed.values().forEach(material -> ids.own(material.node()));
    needed.values().forEach(material -> ids.rewrite(material.node()));
    tracks.values().forEach(ids::rewrite);
    Pieces.add(draft, needed.values());
    for (Map.Entry<String, ObjectNode> track : tracks.entrySet()) {
      String join = joins.get(track.getKey());
      if (join != null) {
        Long index = Objects.requireNonNull(places.get(track.getKey())).absoluteIndex();
        for (ObjectNode segment : DraftDocument.segments(track.getValue())) {
          segment.put("render_index", index == null ? 0 : index);
        }
        TrackPlace.join(draft, track.getValue(), join);
        continue;
      }
      place(draft, track.getValue(), Objects.requireNonNull(places.get(track.getKey())));
    }
  }

  private static ObjectNode track(RawSegment raw) {
    ObjectNode track = DocumentJson.object();
    track
        .put("attribute", 0)
        .put("flag", 0)
        .put("id", raw.trackId().isEmpty() ? "track" : raw.trackId())
        .put("is_default_name", raw.trackName().isEmpty())
        .put("name", raw.trackName());
    track.putArray("segments");
    return track.put("type", raw.trackType());
  }

  private static void place(DraftDocument draft, ObjectNode track, RawSegment raw) {
    if (raw.absoluteIndex() != null) {
      TrackPlace.at(draft, track, raw.absoluteIndex());
    } else {
      int base = TrackType.of(raw.trackType()).map(TrackType::baseRenderIndex).orElse(0);
      Long above = raw.relativeIndex();
      TrackPlace.near(draft, track, base + (above == null ? 0 : above));
    }
  }

  private static void later(ObjectNode segment, long offset, int number) throws EditException {
    Span target = Span.of(segment, "target_timerange");
    if (target == null) {
      throw new EditException(
          "/rawSegments/" + number + "/segment/target_timerange",
          "raw-segment-invalid",
          "is no {start, duration} in whole microseconds; take the segment as a draft has it");
    }
    target.from(target.start() + offset).putTarget(segment);
  }

  private static void collect(
      RawSegment raw,
      ObjectNode segment,
      int number,
      Map<String, RawMaterial> byId,
      Map<String, Material> needed)
      throws EditException {
    RawMaterial shown = byId.get(raw.materialId());
    ObjectNode material = raw.material() == null && shown != null ? shown.data() : raw.material();
    String category =
        raw.materialCategory().isEmpty() && shown != null
            ? shown.category()
            : raw.materialCategory();
    if (material == null || category.isEmpty()) {
      throw new EditException(
          "/rawSegments/" + number + "/material",
          "raw-segment-invalid",
          "is missing, and rawMaterials has nothing under the id '"
              + raw.materialId()
              + "' either; send one of the two, with its category");
    }
    needed.computeIfAbsent(raw.materialId(), _ -> new Material(category, material.deepCopy()));
    for (JsonNode reference : raw.segment().path("extra_material_refs")) {
      RawMaterial listed = byId.get(reference.asString(""));
      if (listed != null) {
        needed.computeIfAbsent(
            listed.id(), _ -> new Material(listed.category(), listed.data().deepCopy()));
      }
    }
    raw.extraMaterials()
        .forEach((list, nodes) -> {
          for (ObjectNode node : nodes) {
            String id = node.path("id").asString("");
            if (needed.containsKey(id) && refersTo(segment, id)) {
              another(list, node, segment, needed);
            } else {
              needed.computeIfAbsent(id, _ -> new Material(list, node.deepCopy()));
            }
          }
        });
  }

  private static boolean refersTo(ObjectNode segment, String id) {
    for (JsonNode reference : segment.path("extra_material_refs")) {
      if (reference.asString("").equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** Two segments of one piece each get a speed, transition, background and so on of their own. */
  private static void another(
      String list, ObjectNode node, ObjectNode segment, Map<String, Material> needed) {
    String id = DraftIds.fresh().get();
    String old = node.path("id").asString("");
    needed.put(id, new Material(list, node.deepCopy().put("id", id)));
    if (segment.get("extra_material_refs") instanceof ArrayNode references) {
      for (int i = 0; i < references.size(); i++) {
        if (references.get(i).asString("").equals(old)) {
          references.set(i, id);
        }
      }
    }
  }

  /** The segments of some tracks, by id or name; all if none is named. */
  public static Predicate<ObjectNode> tracks(List<String> wanted) {
    return track ->
        wanted.isEmpty()
            || wanted.contains(track.path("id").asString(""))
            || wanted.contains(track.path("name").asString(""));
  }

  /** The paths of the pictures, videos and sounds of these pieces, each once. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (RawSegment raw : segments) {
      if (raw.material() != null) {
        path(raw.materialCategory(), raw.material(), paths);
      }
      raw.extraMaterials().forEach((list, nodes) -> nodes.forEach(node -> path(list, node, paths)));
    }
    materials.forEach(material -> path(material.category(), material.data(), paths));
    return paths.stream().distinct().toList();
  }

  /** The same pieces, whose pictures, videos and sounds have other paths. */
  public SubDraft withPaths(Map<String, String> paths) {
    return new SubDraft(
        segments.stream().map(raw -> moved(raw, paths)).toList(),
        materials.stream()
            .map(each ->
                new RawMaterial(
                    each.id(), each.category(), moved(each.category(), each.data(), paths)))
            .toList());
  }

  private static RawSegment moved(RawSegment raw, Map<String, String> paths) {
    Map<String, List<ObjectNode>> extra = new LinkedHashMap<>();
    raw.extraMaterials()
        .forEach((list, nodes) ->
            extra.put(list, nodes.stream().map(node -> moved(list, node, paths)).toList()));
    ObjectNode material = raw.material();
    return new RawSegment(
        raw.trackId(),
        raw.trackType(),
        raw.trackName(),
        raw.relativeIndex(),
        raw.absoluteIndex(),
        raw.materialId(),
        raw.segment(),
        material == null ? null : moved(raw.materialCategory(), material, paths),
        raw.materialCategory(),
        extra);
  }

  private static ObjectNode moved(String list, ObjectNode material, Map<String, String> paths) {
    String now = paths.get(material.path("path").asString(""));
    boolean file = list.equals("videos") || list.equals("audios");
    return now == null || !file ? material : material.deepCopy().put("path", now);
  }

  private static void path(String list, JsonNode material, List<String> paths) {
    String path = material.path("path").asString("");
    if (!path.isEmpty() && (list.equals("videos") || list.equals("audios"))) {
      paths.add(path);
    }
  }
}
