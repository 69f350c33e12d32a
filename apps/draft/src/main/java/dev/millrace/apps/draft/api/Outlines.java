package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.Outline;
import dev.millrace.apps.draft.folder.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows tracks and materials of drafts. */
final class Outlines {
  /** Lists of things that people know, as opposed to what segments need behind the scenes. */
  private static final Set<String> KNOWN =
      Set.of("videos", "audios", "texts", "stickers", "images", "drafts");

  private Outlines() {}

  static TracksView tracks(DraftDocument draft) {
    Outline outline = Outline.of(draft);
    JsonNode canvas = draft.content().path("canvas_config");
    List<TrackView> tracks = new ArrayList<>();
    for (ObjectNode track : draft.tracks()) {
      tracks.add(
          new TrackView(
              track.path("id").asString(""),
              track.path("type").asString(""),
              track.path("name").asString(""),
              Outline.renderIndex(track),
              track.path("attribute").asInt(0) == 1,
              DraftDocument.segments(track).stream()
                  .map(segment -> segment(segment, outline))
                  .toList()));
    }
    return new TracksView(
        draft.durationMicros(),
        canvas.path("width").asInt(0),
        canvas.path("height").asInt(0),
        tracks);
  }

  private static TrackView.SegmentView segment(ObjectNode segment, Outline outline) {
    String material = segment.path("material_id").asString("");
    Outline.Entry entry = outline.find(material).orElse(null);
    JsonNode target = segment.path("target_timerange");
    JsonNode source = segment.path("source_timerange");
    return new TrackView.SegmentView(
        segment.path("id").asString(""),
        material,
        entry == null ? "" : entry.name(),
        entry == null ? null : entry.text(),
        whole(target, "start"),
        whole(target, "duration"),
        whole(source, "start"),
        whole(source, "duration"),
        decimal(segment, "speed"),
        decimal(segment, "volume"));
  }

  private static @Nullable Long whole(JsonNode owner, String field) {
    JsonNode value = owner.path(field);
    return value.isIntegralNumber() && value.canConvertToLong() ? value.asLong() : null;
  }

  private static @Nullable Double decimal(JsonNode owner, String field) {
    return owner.path(field).isNumber() ? owner.path(field).asDouble() : null;
  }

  /** The materials of one list; of those that people know if {@code list} is null. */
  static List<Outline.Entry> materials(DraftDocument draft, @Nullable String list) {
    return Outline.of(draft).materials().stream()
        .filter(entry -> list == null ? KNOWN.contains(entry.list()) : entry.list().equals(list))
        .toList();
  }

  static MaterialView material(Outline.Entry entry, Path folder, OwnFiles own) throws IOException {
    ObjectNode node = entry.node();
    String path = node.path("path").isString() ? node.path("path").stringValue() : "";
    Path file = path.isEmpty() ? null : own.find(path).orElse(null);
    Long bytes = file == null ? null : Files.size(file);
    return new MaterialView(
        entry.id(),
        entry.list(),
        entry.name(),
        entry.text(),
        path.isEmpty() ? null : path,
        file == null ? null : folder.relativize(file).toString().replace('\\', '/'),
        state(path, folder, bytes),
        bytes,
        side(node, "width"),
        side(node, "height"),
        whole(node, "duration"),
        entry.uses());
  }

  private static MaterialView.FileState state(String path, Path folder, @Nullable Long bytes) {
    if (path.isEmpty()) {
      return MaterialView.FileState.NONE;
    }
    if (bytes != null) {
      return bytes == 0 ? MaterialView.FileState.EMPTY : MaterialView.FileState.PRESENT;
    }
    return OwnFiles.slashed(path).contains("/" + folder.getFileName() + "/")
        ? MaterialView.FileState.MISSING
        : MaterialView.FileState.ELSEWHERE;
  }

  private static @Nullable Integer side(ObjectNode node, String field) {
    return node.path(field).isIntegralNumber() && node.path(field).asInt(0) > 0
        ? node.path(field).asInt(0)
        : null;
  }
}
