package dev.millrace.apps.draft.format;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A whole draft as it will stand on disk.
 *
 * @param id upper-case UUID
 * @param name name of its folder
 * @param config settings that replace or join the client's defaults
 * @param overlays what lies on tracks of its own: effects, filters, stickers
 * @param tracks in ascending order of render index
 * @param covered whether a picture for the client's list lies beside the documents
 */
public record Draft(
    String id,
    String name,
    Canvas canvas,
    double fps,
    Map<String, JsonNode> config,
    List<Media> media,
    List<Text> texts,
    List<Overlay> overlays,
    List<Track> tracks,
    boolean covered) {
  /** Name of the picture that the client's list shows. */
  public static final String COVER = "draft_cover.jpg";

  public Draft {
    config = Map.copyOf(config);
    media = List.copyOf(media);
    texts = List.copyOf(texts);
    overlays = List.copyOf(overlays);
    tracks = List.copyOf(tracks);
  }

  /** One without a cover. */
  public Draft(
      String id,
      String name,
      Canvas canvas,
      double fps,
      Map<String, JsonNode> config,
      List<Media> media,
      List<Text> texts,
      List<Overlay> overlays,
      List<Track> tracks) {
    this(id, name, canvas, fps, config, media, texts, overlays, tracks, false);
  }

  /** End of the last segment. */
  public long durationMicros() {
    return tracks.stream()
        .flatMap(track -> track.segments().stream())
        .mapToLong(segment -> segment.target().endMicros())
        .max()
        .orElse(0);
  }
}
