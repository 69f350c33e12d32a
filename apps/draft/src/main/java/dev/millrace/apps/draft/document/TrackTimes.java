package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.timeline.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes the length of segments of one track, and keeps what depends on it: the segments behind,
 * transitions, animations, fades, keyframes. Confined to one change.
 */
final class TrackTimes {
  private final DraftDocument draft;
  private final Material.Index materials;
  private final List<ObjectNode> segments;
  private final Map<String, ObjectNode> touched = new HashMap<>();
  private final List<Note> notes;

  TrackTimes(DraftDocument draft, ObjectNode track, List<Note> notes) throws EditException {
    this.draft = draft;
    this.materials = new Material.Index(draft);
    this.notes = notes;
    List<ObjectNode> sorted = new ArrayList<>(DraftDocument.segments(track));
    for (ObjectNode segment : sorted) {
      Span.target(segment);
    }
    sorted.sort(Comparator.comparingLong(TrackTimes::start));
    segments = sorted;
    for (int i = 0; i + 1 < segments.size(); i++) {
      if (end(segments.get(i)) == start(segments.get(i + 1))) {
        touched.put(id(segments.get(i)), segments.get(i + 1));
      }
    }
  }

  private static String id(JsonNode segment) {
    return segment.path("id").asString("");
  }

  private static long start(JsonNode segment) {
    Span span = Span.of(segment, "target_timerange");
    return span == null ? 0 : span.start();
  }

  private static long end(JsonNode segment) {
    Span span = Span.of(segment, "target_timerange");
    return span == null ? 0 : span.end();
  }

  /** Gives a segment a new length, and settles everything that follows from it. */
  void resize(ObjectNode segment, long length, Shrink shrink) throws EditException {
    Span old = Span.target(segment);
    long less = old.duration() - length;
    if (less == 0) {
      return;
    }
    boolean head = less > 0 && shrink == Shrink.CUT_HEAD;
    new Span(head ? old.start() + less : old.start(), length).putTarget(segment);
    if (less > 0 && shrink == Shrink.SHIFT) {
      for (ObjectNode other : segments) {
        if (start(other) >= old.end()) {
          Span target = Span.target(other);
          target.from(target.start() - less).putTarget(other);
        }
      }
    } else if (less < 0) {
      push(segment, old);
    }
    Fitting.attachments(segment, length, materials);
    transitions();
  }

  private void push(ObjectNode grown, Span old) throws EditException {
    long busy = end(grown);
    for (ObjectNode other : segments) {
      if (start(other) >= old.end() && start(other) < busy) {
        Span pushed = Span.target(other).from(busy);
        pushed.putTarget(other);
        busy = pushed.end();
      }
    }
  }

  /** Drops transitions whose segments came apart, and shortens those that became too long. */
  private void transitions() {
    for (ObjectNode segment : segments) {
      ObjectNode next = touched.get(id(segment));
      if (next == null) {
        continue;
      }
      Material transition = transition(segment);
      if (transition == null) {
        continue;
      }
      if (end(segment) != start(next)) {
        drop(segment, transition);
        continue;
      }
      long most = Math.min(end(segment) - start(segment), end(next) - start(next)) / 2;
      if (transition.node().path("duration").asLong(0) > most) {
        transition.node().put("duration", Math.max(1, most));
      }
    }
  }

  /** Mends transitions as they are, whether their segments touched before or not. */
  void mendTransitions(List<String> mended) {
    for (int i = 0; i < segments.size(); i++) {
      ObjectNode segment = segments.get(i);
      Material transition = transition(segment);
      if (transition == null) {
        continue;
      }
      ObjectNode next = i + 1 < segments.size() ? segments.get(i + 1) : null;
      if (next == null || end(segment) != start(next)) {
        drop(segment, transition);
        mended.add("the transition \"" + transition.name() + "\" to nothing is left out");
        continue;
      }
      long most = Math.min(end(segment) - start(segment), end(next) - start(next)) / 2;
      if (transition.node().path("duration").asLong(0) > most) {
        transition.node().put("duration", Math.max(1, most));
        mended.add("the transition \"" + transition.name() + "\" takes " + most + " µs");
      }
    }
  }

  private @Nullable Material transition(ObjectNode segment) {
    for (JsonNode reference : segment.path("extra_material_refs")) {
      Material material = materials.find(reference);
      if (material != null && material.list().equals("transitions")) {
        return material;
      }
    }
    return null;
  }

  private void drop(ObjectNode segment, Material transition) {
    if (segment.get("extra_material_refs") instanceof ArrayNode references) {
      references.removeIf(reference -> reference.asString("").equals(transition.id()));
    }
    draft
        .list("transitions")
        .removeIf(node -> node.path("id").asString("").equals(transition.id()));
    notes.add(
        new Note(
            "",
            "transition-dropped",
            "the transition \""
                + transition.name()
                + "\" is left out, because the segments on both sides of it no longer touch"));
  }
}
