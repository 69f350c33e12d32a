package dev.millrace.apps.draft.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes tracks out of one draft into another, with all that their segments refer to. */
final class TrackImport {
  private final DraftDocument draft;
  private final Source source;

  TrackImport(DraftDocument draft, Source source) {
    this.draft = draft;
    this.source = source;
  }

  /** The track that is called {@code track}: by id, else by name, else by its number from 0. */
  ObjectNode find(String track) throws EditException {
    List<ObjectNode> tracks = source.draft().tracks();
    for (String field : List.of("id", "name")) {
      for (ObjectNode candidate : tracks) {
        if (candidate.path(field).asString("").equals(track)) {
          return candidate;
        }
      }
    }
    if (track.matches("\\d{1,4}") && Integer.parseInt(track) < tracks.size()) {
      return tracks.get(Integer.parseInt(track));
    }
    throw new EditException(
        "/track",
        "track-not-found",
        "the draft '"
            + source.name()
            + "' has no track with the id, name or number \""
            + track
            + "\"; look them up under its tracks");
  }

  /** Adds a copy of a track above those of its type. */
  void add(ObjectNode track, long offset, @Nullable String name) throws EditException {
    ObjectNode copy = taken(List.of(track), offset).getFirst();
    if (name != null) {
      copy.put("name", name);
      copy.put("is_default_name", false);
    }
    TrackPlace.add(draft, copy);
  }

  /**
   * Copies tracks with fresh ids, {@code offset} microseconds later, and adds what they refer to;
   * the tracks themselves are left to the caller.
   */
  List<ObjectNode> taken(List<ObjectNode> tracks, long offset) throws EditException {
    Material.Index materials = new Material.Index(source.draft());
    Map<String, Material> needed = new LinkedHashMap<>();
    List<ObjectNode> copies = tracks.stream().map(ObjectNode::deepCopy).toList();
    LocalIds ids = new LocalIds();
    for (ObjectNode copy : copies) {
      ids.ownTrack(copy);
      for (ObjectNode segment : DraftDocument.segments(copy)) {
        Span target = Span.target(segment);
        target.from(target.start() + offset).putTarget(segment);
        Pieces.needs(segment, materials).forEach(needed::putIfAbsent);
        dropUnknown(segment, materials);
      }
    }
    List<Material> own =
        needed.values().stream()
            .map(material -> new Material(material.list(), material.node().deepCopy()))
            .toList();
    own.forEach(material -> ids.own(material.node()));
    own.forEach(material -> {
      ids.rewrite(material.node());
      files(material.node());
    });
    copies.forEach(ids::rewrite);
    Pieces.add(draft, own);
    return copies;
  }

  /** A reference to nothing would point at nothing here as well. */
  private static void dropUnknown(ObjectNode segment, Material.Index materials) {
    if (segment.get("extra_material_refs") instanceof ArrayNode references) {
      references.removeIf(reference -> materials.find(reference) == null);
    }
  }

  private void files(ObjectNode material) {
    JsonNode path = material.path("path");
    if (path.isString() && !path.stringValue().isEmpty()) {
      String here = source.files().apply(path.stringValue());
      if (!here.equals(path.stringValue())) {
        material.put("path", here);
      }
    }
  }
}
