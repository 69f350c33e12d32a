package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.recipe.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sets the pieces of a track apart. Lengths that a person asked for were checked before; a piece
 * whose length follows from a file gives way: it ends where the next begins, and a subtitle begins
 * where the one before ends.
 */
final class Spacing {
  private final List<Note> notes;

  Spacing(List<Note> notes) {
    this.notes = notes;
  }

  List<Piece> apart(List<Piece> pieces) {
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort(
        Comparator.comparingLong(Piece::startMicros)
            .thenComparingInt(piece -> piece.item().index()));
    List<Piece> apart = new ArrayList<>();
    for (Piece piece : sorted) {
      Piece last = apart.isEmpty() ? null : apart.getLast();
      if (last == null || last.endMicros() <= piece.startMicros()) {
        apart.add(piece);
      } else if (last.flexible() && last.startMicros() < piece.startMicros()) {
        note(last.item(), "ends where item " + piece.item().index() + " begins");
        apart.set(apart.size() - 1, last.endingAt(piece.startMicros()));
        apart.add(piece);
      } else if (piece.text() != null && piece.flexible() && piece.endMicros() > last.endMicros()) {
        note(
            piece.item(), "has a subtitle that begins where item " + last.item().index() + " ends");
        apart.add(piece.startingAt(last.endMicros()));
      } else {
        note(
            piece.item(),
            "has a part left out, because item " + last.item().index() + " plays then");
      }
    }
    return apart;
  }

  private void note(Item item, String what) {
    notes.add(new Note(item.pointer(""), "made-room", what));
  }
}
