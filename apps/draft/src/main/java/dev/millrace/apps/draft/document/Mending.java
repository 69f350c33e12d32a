package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.timeline.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the operations do to keep a draft whole, for drafts that came broken. */
public final class Mending {
  private final DraftDocument draft;
  private final Material.Index materials;

  /** For a draft whose materials stay while it is mended. */
  public Mending(DraftDocument draft) {
    this.draft = draft;
    this.materials = new Material.Index(draft);
  }

  /** What was mended at a segment. */
  public enum Mended {
    ANIMATIONS("animations"),
    FADE("a fade"),
    KEYFRAMES("keyframes");

    private final String words;

    Mended(String words) {
      this.words = words;
    }

    /** For a sentence. */
    public String words() {
      return words;
    }
  }

  /** Makes keyframes, animations and fades fit the length of their segment. */
  public Set<Mended> attachments(ObjectNode segment) {
    Set<Mended> mended = EnumSet.noneOf(Mended.class);
    Span target = Span.of(segment, "target_timerange");
    if (target == null || target.duration() == 0) {
      return mended;
    }
    if (!overlong(segment, target.duration(), mended)) {
      return mended;
    }
    Fitting.attachments(segment, target.duration(), materials);
    return mended;
  }

  private boolean overlong(ObjectNode segment, long length, Set<Mended> mended) {
    for (JsonNode keyframes : segment.path("common_keyframes")) {
      for (JsonNode frame : keyframes.path("keyframe_list")) {
        if (frame.path("time_offset").asLong(0) > length) {
          mended.add(Mended.KEYFRAMES);
        }
      }
    }
    for (JsonNode reference : segment.path("extra_material_refs")) {
      Material material = materials.find(reference);
      if (material == null) {
        continue;
      }
      JsonNode node = material.node();
      for (JsonNode animation : node.path("animations")) {
        long end = animation.path("start").asLong(0) + animation.path("duration").asLong(0);
        if (material.list().equals("material_animations") && end > length) {
          mended.add(Mended.ANIMATIONS);
        }
      }
      long fades =
          node.path("fade_in_duration").asLong(0) + node.path("fade_out_duration").asLong(0);
      if (material.list().equals("audio_fades") && fades > length) {
        mended.add(Mended.FADE);
      }
    }
    return !mended.isEmpty();
  }

  /** Leaves out transitions to nothing and shortens those that are too long; says which. */
  public List<String> transitions(ObjectNode track) {
    List<String> mended = new ArrayList<>();
    try {
      List<Note> notes = new ArrayList<>();
      new TrackTimes(draft, track, notes).mendTransitions(mended);
    } catch (EditException _) {
      // A track whose times cannot be reckoned with is no place to mend transitions.
    }
    return mended;
  }

  /** Sorts the tracks by render index; returns whether that changed anything. */
  public static boolean sortTracks(DraftDocument draft) {
    ArrayNode tracks = draft.trackList();
    List<JsonNode> before = new ArrayList<>(tracks.values());
    List<JsonNode> sorted = new ArrayList<>(before);
    long last = 0;
    List<Long> keys = new ArrayList<>();
    for (JsonNode track : before) {
      Long own = track instanceof ObjectNode object ? TrackPlace.index(object) : null;
      last = own == null ? last : own;
      keys.add(last);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing(keys::get));
    for (int i = 0; i < order.size(); i++) {
      sorted.set(i, before.get(order.get(i)));
    }
    if (sorted.equals(before)) {
      return false;
    }
    tracks.removeAll();
    tracks.addAll(sorted);
    return true;
  }

  /** Makes the styles of texts cover their characters; returns the ids of those that did not. */
  public static List<String> texts(DraftDocument draft) {
    return TextReplacement.coverAll(draft);
  }
}
