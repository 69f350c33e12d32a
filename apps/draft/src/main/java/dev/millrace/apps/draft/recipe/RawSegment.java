package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.TimeRange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A segment of an existing draft that goes into this one, with its materials.
 *
 * @param trackId a track of the recipe, or a new one
 * @param trackType a {@link dev.millrace.apps.draft.format.TrackType}, or {@code adjust}
 * @param renderIndex of the track, whatever the segment says
 * @param target where it plays
 * @param segment never changed by anybody
 * @param material null if it is one of the {@link RawMaterial}s
 * @param category the list of {@code material}; empty if that is null
 * @param extras what it refers to, by the list it is in
 * @param url where the file of its material is; null if there is none to fetch
 * @param style what the recipe changes about it
 */
public record RawSegment(
    int index,
    String trackId,
    String trackType,
    String trackName,
    int renderIndex,
    TimeRange target,
    String materialId,
    ObjectNode segment,
    @Nullable ObjectNode material,
    String category,
    Map<String, List<ObjectNode>> extras,
    @Nullable String url,
    @Nullable RawStyle style) {
  public RawSegment {
    extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
  }

  /** JSON pointer to it, or to one field of it. */
  public String pointer(String field) {
    return "/rawSegments/" + index + (field.isEmpty() ? "" : "/" + field);
  }

  /** The same with another segment and other references, and nothing left to change. */
  public RawSegment styled(ObjectNode changed, Map<String, List<ObjectNode>> references) {
    return new RawSegment(
        index,
        trackId,
        trackType,
        trackName,
        renderIndex,
        target,
        materialId,
        changed,
        material,
        category,
        references,
        url,
        null);
  }
}
