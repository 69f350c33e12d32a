package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.document.DocumentJson;
import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.EditException;
import dev.millrace.apps.draft.document.Settling;
import dev.millrace.apps.draft.document.SubDraft;
import dev.millrace.apps.draft.document.UnreadableDraftException;
import dev.millrace.apps.draft.format.Draft;
import dev.millrace.apps.draft.recipe.RawMaterial;
import dev.millrace.apps.draft.recipe.RawSegment;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.recipe.TrackRequest;
import dev.millrace.apps.draft.timeline.Found;
import dev.millrace.apps.draft.timeline.Note;
import dev.millrace.apps.draft.timeline.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pieces of existing drafts that a recipe puts into its own. They go into the document that the
 * rest of the recipe became, on tracks of the recipe or on tracks of their own. Confined to one
 * draft.
 */
final class RawPieces {
  private final Map<String, Found> found;
  private final String resources;
  private final Map<String, String> joins = new HashMap<>();
  private final Map<String, String> paths = new HashMap<>();
  private final Set<String> files = new LinkedHashSet<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<RawSegment> kept = new ArrayList<>();
  private final SubDraft pieces;

  /**
   * @param found what became of the links
   * @param resources the folder of the draft's files as the editor will know it
   */
  RawPieces(Recipe recipe, Timeline.Built built, Map<String, Found> found, String resources) {
    this.found = found;
    this.resources = resources;
    List<TrackRequest> order = new ArrayList<>(recipe.tracks());
    // The tracks of the draft stand in this order.
    order.sort(Comparator.comparingInt(TrackRequest::renderIndex));
    for (int i = 0; i < order.size(); i++) {
      joins.put(order.get(i).id(), built.draft().tracks().get(i).id());
    }
    Map<String, RawMaterial> materials = new HashMap<>();
    recipe.rawMaterials().forEach(material -> materials.put(material.id(), material));
    for (RawSegment raw : built.raw()) {
      RawMaterial named = raw.material() == null ? materials.get(raw.materialId()) : null;
      String url = named == null ? raw.url() : named.url();
      if (take(url, raw)) {
        kept.add(raw);
      }
    }
    pieces =
        new SubDraft(
                kept.stream().map(RawPieces::piece).toList(),
                recipe.rawMaterials().stream()
                    .map(each -> new SubDraft.RawMaterial(each.id(), each.category(), each.data()))
                    .toList())
            .withPaths(paths);
  }

  private boolean take(@Nullable String url, RawSegment raw) {
    if (url == null) {
      return true;
    }
    Found file = found.get(url);
    if (file instanceof Found.File(String name, _)) {
      files.add(name);
      paths.put(url, resources + "/" + name);
      return true;
    }
    String why = file instanceof Found.Missing missing ? missing.why() : "its file is no media";
    notes.add(new Note(raw.pointer(""), "skipped", "was left out: " + why));
    return false;
  }

  private static SubDraft.RawSegment piece(RawSegment raw) {
    return new SubDraft.RawSegment(
        raw.trackId(),
        raw.trackType(),
        raw.trackName(),
        null,
        (long) raw.renderIndex(),
        raw.materialId(),
        raw.segment(),
        raw.material(),
        raw.category(),
        raw.extras());
  }

  /** Names of the files that the pieces show, in the draft's folder of files. */
  Set<String> files() {
    return files;
  }

  /** What a person should know. */
  List<Note> notes() {
    return notes;
  }

  int segments() {
    return kept.size();
  }

  /** Tracks that the recipe does not have. */
  int newTracks() {
    Set<String> tracks = new HashSet<>();
    kept.forEach(raw -> tracks.add(raw.trackId()));
    tracks.removeAll(joins.keySet());
    return tracks.size();
  }

  /** How long the draft is with them. */
  long durationMicros(Draft draft) {
    long end = draft.durationMicros();
    for (RawSegment raw : kept) {
      end = Math.max(end, raw.target().endMicros());
    }
    return end;
  }

  /** Adds them to the documents of the draft. */
  Map<String, byte[]> add(byte[] content, byte[] meta) throws IOException {
    try {
      DraftDocument draft =
          DraftDocument.of(
              (ObjectNode) DocumentJson.read(content), (ObjectNode) DocumentJson.read(meta));
      pieces.addTo(draft, 0, joins);
      Settling.settleDuration(draft);
      return draft.files();
    } catch (EditException | UnreadableDraftException e) {
      throw new IOException("cannot add pieces of existing drafts: " + e.getMessage(), e);
    }
  }
}
