package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.Canvas;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A recipe without fault: rules and materials are resolved into its items.
 *
 * @param title what the draft is called; empty if nobody said
 * @param config settings of the draft that replace the client's
 * @param rawSegments pieces of existing drafts
 * @param rawMaterials materials of existing drafts
 * @param cover null if the client is to make one
 */
public record Recipe(
    String title,
    Canvas canvas,
    double fps,
    Map<String, JsonNode> config,
    OnMissing onMissing,
    List<TrackRequest> tracks,
    List<Item> items,
    List<RawSegment> rawSegments,
    List<RawMaterial> rawMaterials,
    @Nullable CoverRequest cover) {
  public Recipe {
    config = Map.copyOf(config);
    tracks = List.copyOf(tracks);
    items = List.copyOf(items);
    rawSegments = List.copyOf(rawSegments);
    rawMaterials = List.copyOf(rawMaterials);
  }

  /** Every file that it needs, as often as it needs it. */
  public List<FileNeed> files() {
    List<FileNeed> files = new ArrayList<>();
    for (Item item : items) {
      if (item.url() != null) {
        boolean subtitles = item.type().track() == TrackType.TEXT;
        files.add(new FileNeed(item.pointer("path"), item.url(), item.fileName(), subtitles));
      }
    }
    for (RawSegment segment : rawSegments) {
      if (segment.url() != null) {
        files.add(new FileNeed(segment.pointer("material/path"), segment.url(), null, false));
      }
    }
    for (RawMaterial material : rawMaterials) {
      if (material.url() != null) {
        files.add(new FileNeed(material.pointer(), material.url(), null, false));
      }
    }
    if (cover != null) {
      files.add(new FileNeed(CoverRequest.POINTER, cover.url(), cover.fileName(), false));
    }
    return files;
  }
}
