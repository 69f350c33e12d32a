package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.format.TrackType;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.recipe.TrackRequest;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Warns of gaps on the main track, the lowest one with pictures: unless the draft switches that
 * off, the client closes them as soon as somebody edits, and the rest no longer fits.
 */
final class MainTrack {
  private static final String SETTING = "maintrack_adsorb";
  private static final int MOST_NOTES = 20;

  private final Recipe recipe;
  private final List<Note> notes;

  MainTrack(Recipe recipe, List<Note> notes) {
    this.recipe = recipe;
    this.notes = notes;
  }

  void check(List<TrackRequest> ascending, Map<String, List<Piece>> pieces) {
    JsonNode setting = recipe.config().get(SETTING);
    if (setting != null && !setting.booleanValue(true)) {
      return;
    }
    ascending.stream()
        .filter(track -> track.type() == TrackType.VIDEO)
        .findFirst()
        .ifPresent(track -> gaps(pieces.getOrDefault(track.id(), List.of())));
  }

  private void gaps(List<Piece> pieces) {
    long end = 0;
    int gaps = 0;
    for (Piece piece : pieces) {
      if (piece.startMicros() > end && gaps++ < MOST_NOTES) {
        notes.add(
            new Note(
                piece.item().pointer("start"),
                "main-track-gap",
                "begins at "
                    + Times.show(piece.startMicros())
                    + ", but the main track is empty from "
                    + Times.show(end)
                    + "; the client closes such gaps when somebody edits. Close it, or set"
                    + " draftConfig.config.maintrack_adsorb to false"));
      }
      end = piece.endMicros();
    }
  }
}
