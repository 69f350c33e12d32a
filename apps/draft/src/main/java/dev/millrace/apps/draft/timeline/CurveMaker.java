package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.format.Curve;
import dev.millrace.apps.draft.format.KeyframeProperty;
import dev.millrace.apps.draft.recipe.KeyframeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the curves of a segment. What lies beyond its end, because its file is shorter than was
 * asked for, is cut off where the segment ends, so that everything before moves as it was meant.
 */
final class CurveMaker {
  private final Supplier<String> ids;
  private final List<Note> notes;

  /** Where keyframes were told of last: the cues of a subtitle file share one place. */
  private String noted = "";

  CurveMaker(Supplier<String> ids, List<Note> notes) {
    this.ids = ids;
    this.notes = notes;
  }

  List<Curve> make(Piece piece) {
    List<KeyframeRequest> keyframes = piece.item().decoration().keyframes();
    return keyframes.isEmpty()
        ? List.of()
        : make(keyframes, piece.durationMicros(), piece.item().pointer("keyframes"));
  }

  /**
   * As above, for a segment that comes from elsewhere.
   *
   * @param keyframes by property and time
   * @param end its length
   * @param pointer where a recipe asks for them
   */
  List<Curve> make(List<KeyframeRequest> keyframes, long end, String pointer) {
    List<Curve> curves = new ArrayList<>();
    int from = 0;
    while (from < keyframes.size()) {
      KeyframeProperty property = keyframes.get(from).property();
      int to = from + 1;
      while (to < keyframes.size() && keyframes.get(to).property() == property) {
        to++;
      }
      curves.add(new Curve(ids.get(), property, points(keyframes.subList(from, to), end, pointer)));
      from = to;
    }
    return curves;
  }

  private List<Curve.Point> points(List<KeyframeRequest> ascending, long end, String pointer) {
    List<Curve.Point> points = new ArrayList<>();
    KeyframeRequest last = null;
    for (KeyframeRequest keyframe : ascending) {
      if (keyframe.micros() <= end) {
        points.add(new Curve.Point(ids.get(), keyframe.micros(), keyframe.value()));
      } else {
        note(end, pointer);
        if (last == null || last.micros() < end) {
          points.add(new Curve.Point(ids.get(), end, between(last, keyframe, end)));
        }
        break;
      }
      last = keyframe;
    }
    return points;
  }

  /** The value that a straight line has reached; before the first keyframe it stands still. */
  private static double between(@Nullable KeyframeRequest from, KeyframeRequest to, long micros) {
    if (from == null) {
      return to.value();
    }
    double share = (double) (micros - from.micros()) / (to.micros() - from.micros());
    return from.value() + (to.value() - from.value()) * share;
  }

  private void note(long end, String pointer) {
    if (!noted.equals(pointer)) {
      noted = pointer;
      notes.add(new Note(pointer, "keyframes-cut", "end with the clip, after " + Times.show(end)));
    }
  }
}
