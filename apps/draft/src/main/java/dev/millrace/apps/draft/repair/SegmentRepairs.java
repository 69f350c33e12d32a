package dev.millrace.apps.draft.repair;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.Mending;
import dev.millrace.apps.draft.document.Outline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Mends what segments refer to, and what must fit them. */
final class SegmentRepairs {
  private final DraftDocument draft;
  private final Changes changes;
  private final Outline outline;
  private final Mending mending;

  private SegmentRepairs(DraftDocument draft, Changes changes) {
    this.draft = draft;
    this.changes = changes;
    this.outline = Outline.of(draft);
    this.mending = new Mending(draft);
  }

  static void apply(DraftDocument draft, Changes changes) {
    SegmentRepairs repairs = new SegmentRepairs(draft, changes);
    int index = 0;
    for (ObjectNode track : draft.tracks()) {
      String pointer = "/tracks/" + index++;
      repairs.renderIndex(track, pointer);
      int number = 0;
      for (ObjectNode segment : DraftDocument.segments(track)) {
        repairs.segment(segment, pointer + "/segments/" + number++);
      }
      if (changes.wants(Rule.TRANSITION_TOUCHES) || changes.wants(Rule.TRANSITION_SHORT)) {
        for (String mended : repairs.mending.transitions(track)) {
          Rule rule = mended.contains("left out") ? Rule.TRANSITION_TOUCHES : Rule.TRANSITION_SHORT;
          changes.add(rule, pointer, mended);
        }
      }
    }
    repairs.order();
  }

  private void segment(ObjectNode segment, String pointer) {
    if (segment.get("extra_material_refs") instanceof ArrayNode references) {
      references(references, pointer + "/extra_material_refs");
      speed(segment, references);
    }
    if (changes.wants(Rule.ANIMATION_FITS)
        || changes.wants(Rule.FADE_FITS)
        || changes.wants(Rule.KEYFRAME_WITHIN)) {
      for (Mending.Mended mended : mending.attachments(segment)) {
        Rule rule =
            switch (mended) {
              case ANIMATIONS -> Rule.ANIMATION_FITS;
              case FADE -> Rule.FADE_FITS;
              case KEYFRAMES -> Rule.KEYFRAME_WITHIN;
            };
        changes.add(rule, pointer, "gets " + mended.words() + " that fit its length");
      }
    }
    if (changes.wants(Rule.KEYFRAME_ORDER)) {
      for (JsonNode keyframes : segment.path("common_keyframes")) {
        if (keyframes.get("keyframe_list") instanceof ArrayNode list && sort(list)) {
          changes.add(Rule.KEYFRAME_ORDER, pointer + "/common_keyframes", "is sorted by time");
        }
      }
    }
  }

  private static boolean sort(ArrayNode list) {
    List<JsonNode> sorted = new ArrayList<>(list.values());
    sorted.sort(Comparator.comparingLong(frame -> frame.path("time_offset").asLong(0)));
    if (sorted.equals(new ArrayList<>(list.values()))) {
      return false;
    }
    list.removeAll();
    list.addAll(sorted);
    return true;
  }

  private void references(ArrayNode references, String pointer) {
    if (changes.wants(Rule.REFERENCE_RESOLVES)) {
      for (int i = references.size() - 1; i >= 0; i--) {
        String id = references.get(i).asString("");
        if (outline.find(id).isEmpty()) {
          references.remove(i);
          changes.add(
              Rule.REFERENCE_RESOLVES,
              pointer + "/" + i,
              "is left out, because \"" + id + "\" is in no list");
        }
      }
    }
    if (changes.wants(Rule.REFERENCE_ORDER)) {
      List<String> ids = new ArrayList<>();
      references.forEach(reference -> ids.add(reference.asString("")));
      List<String> sorted = inOrder(ids);
      if (!sorted.equals(ids)) {
        references.removeAll();
        sorted.forEach(references::add);
        changes.add(Rule.REFERENCE_ORDER, pointer, "is sorted as the client does");
      }
    }
  }

  /** Those whose kind has a place are sorted among their places; others stay where they are. */
  private List<String> inOrder(List<String> ids) {
    List<Integer> places = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (rank(ids.get(i)) >= 0) {
        places.add(i);
        known.add(ids.get(i));
      }
    }
    known.sort(Comparator.comparingInt(this::rank));
    List<String> sorted = new ArrayList<>(ids);
    for (int i = 0; i < places.size(); i++) {
      sorted.set(places.get(i), known.get(i));
    }
    return sorted;
  }

  private int rank(String id) {
    return outline
        .find(id)
        .map(entry -> DraftChecker.referenceOrder().indexOf(entry.list()))
        .orElse(-1);
  }

  private void speed(ObjectNode segment, ArrayNode references) {
    JsonNode own = segment.path("speed");
    if (!changes.wants(Rule.SPEED_AGREES) || !own.isNumber()) {
      return;
    }
    for (JsonNode reference : references) {
      Outline.Entry entry = outline.find(reference.asString("")).orElse(null);
      boolean differs =
          entry != null
              && entry.list().equals("speeds")
              && entry.uses() == 1
              && entry.node().path("speed").isNumber()
              && entry.node().path("speed").asDouble() != own.asDouble();
      if (differs && entry != null) {
        entry.node().set("speed", own);
        changes.add(
            Rule.SPEED_AGREES,
            "/materials/speeds",
            "the speed \"" + entry.id() + "\" becomes " + own + ", as its segment says");
      }
    }
  }

  private void renderIndex(ObjectNode track, String pointer) {
    Long index = Outline.renderIndex(track);
    if (!changes.wants(Rule.RENDER_INDEX) || index == null) {
      return;
    }
    boolean changed = false;
    for (ObjectNode segment : DraftDocument.segments(track)) {
      if (segment.path("render_index").asLong(Long.MIN_VALUE) != index) {
        segment.put("render_index", index);
        changed = true;
      }
    }
    if (changed) {
      changes.add(
          Rule.RENDER_INDEX, pointer, "all its segments get " + index + ", as the first has");
    }
  }

  /** The order of the list decides what the client shows where indexes are equal. */
  private void order() {
    if (changes.wants(Rule.RENDER_INDEX) && Mending.sortTracks(draft)) {
      changes.add(Rule.RENDER_INDEX, "/tracks", "is sorted by render index");
    }
  }
}
