package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.document.SubDraft;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Pieces of a draft, as recipes and edits take them. */
@Doc("Pieces of a draft, as recipes and edits take them.")
public record PiecesView(
    @Size(max = 10_000) List<Segment> rawSegments,
    @Size(max = 10_000) List<Material> rawMaterials) {

  /** A segment with what it needs. */
  @Doc("A segment with what it needs.")
  public record Segment(
      @Doc("Segments of one id come to one track.") String trackId,
      String trackType,
      @Nullable String trackName,
      @Doc("How far above the usual place of its type the track is.")
          @Nullable Integer relativeIndex,
      @Doc("Render index of the track, instead.") @Nullable Integer absoluteIndex,
      String materialId,
      ObjectNode segment,
      @Doc("Left out if it is among rawMaterials.") @Nullable ObjectNode material,
      @Doc("The list that the material is in.") @Nullable String materialCategory,
      @Doc("What else the segment refers to, by list.")
          @Nullable Map<String, List<ObjectNode>> extraMaterials) {}

  /** A material. */
  @Doc("A material.")
  public record Material(String id, String category, ObjectNode data) {}

  static PiecesView of(SubDraft pieces) {
    return new PiecesView(
        pieces.segments().stream().map(PiecesView::segment).toList(),
        pieces.materials().stream()
            .map(material -> new Material(material.id(), material.category(), material.data()))
            .toList());
  }

  private static Segment segment(SubDraft.RawSegment raw) {
    return new Segment(
        raw.trackId(),
        raw.trackType(),
        raw.trackName(),
        raw.relativeIndex() == null ? null : Math.toIntExact(raw.relativeIndex()),
        raw.absoluteIndex() == null ? null : Math.toIntExact(raw.absoluteIndex()),
        raw.materialId(),
        raw.segment(),
        raw.material(),
        raw.materialCategory(),
        raw.extraMaterials());
  }

  SubDraft pieces() {
    List<SubDraft.RawSegment> segments = new ArrayList<>();
    for (Segment raw : rawSegments) {
      Map<String, List<ObjectNode>> extra = raw.extraMaterials();
      segments.add(
          new SubDraft.RawSegment(
              raw.trackId(),
              raw.trackType(),
              raw.trackName() == null ? "" : raw.trackName(),
              raw.relativeIndex() == null ? null : Long.valueOf(raw.relativeIndex()),
              raw.absoluteIndex() == null ? null : Long.valueOf(raw.absoluteIndex()),
              raw.materialId(),
              raw.segment(),
              raw.material(),
              raw.materialCategory() == null ? "" : raw.materialCategory(),
              extra == null ? Map.of() : new LinkedHashMap<>(extra)));
    }
    return new SubDraft(
        segments,
        rawMaterials.stream()
            .map(each -> new SubDraft.RawMaterial(each.id(), each.category(), each.data()))
            .toList());
  }
}
