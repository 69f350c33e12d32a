package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.recipe.Item;
import org.jspecify.annotations.Nullable;

/**
 * An item, or one cue of it, on its way to becoming a segment.
 *
 * @param media what it shows or plays; null for a text
 * @param text what it says; null for media
 * @param flexible whether its end follows from a file and may give way to the next piece
 */
record Piece(
    Item item,
    @Nullable Media media,
    @Nullable String text,
    long startMicros,
    long durationMicros,
    double speed,
    boolean flexible) {

  long endMicros() {
    return startMicros + durationMicros;
  }

  Piece endingAt(long end) {
    return new Piece(item, media, text, startMicros, end - startMicros, speed, flexible);
  }

  Piece startingAt(long start) {
    return new Piece(item, media, text, start, endMicros() - start, speed, flexible);
  }
}
