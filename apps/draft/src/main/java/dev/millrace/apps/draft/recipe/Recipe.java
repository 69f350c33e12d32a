package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.Canvas;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A recipe without fault: rules and materials are resolved into its items.
 *
 * @param title what the draft is called; empty if nobody said
 * @param config settings of the draft that replace the client's
 */
public record Recipe(
    String title,
    Canvas canvas,
    double fps,
    Map<String, JsonNode> config,
    OnMissing onMissing,
    List<TrackRequest> tracks,
    List<Item> items) {
  public Recipe {
    config = Map.copyOf(config);
    tracks = List.copyOf(tracks);
    items = List.copyOf(items);
  }
}
