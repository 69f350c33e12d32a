package dev.millrace.apps.draft.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks how pieces of existing drafts stand beside each other and beside the items. */
final class RawRules {
  private final Faults faults;

  RawRules(Faults faults) {
    this.faults = faults;
  }

  /** Something on a track whose times are known. */
  private record Placed(String pointer, boolean raw, long start, long end) {}

  void check(List<RawSegment> segments, List<Item> items) {
    if (segments.isEmpty()) {
      return;
    }
    Map<String, List<Placed>> byTrack = new HashMap<>();
    for (RawSegment segment : segments) {
      byTrack
          .computeIfAbsent(segment.trackId(), _ -> new ArrayList<>())
          .add(
              new Placed(
                  segment.pointer("segment/target_timerange/start"),
                  true,
                  segment.target().startMicros(),
                  segment.target().endMicros()));
    }
    for (Item item : items) {
      List<Placed> track = byTrack.get(item.track());
      Long end = item.endMicros();
      if (track != null && (end == null || item.isSubtitleFile())) {
        faults.add(
            item.pointer("track"),
            "wrong-track",
            "\""
                + item.track()
                + "\" has raw segments, and how long this item lasts is not known yet; give it a"
                + " duration, or a track of its own");
      } else if (track != null && end != null) {
        track.add(new Placed(item.pointer("start"), false, item.startMicros(), end));
      }
    }
    byTrack.forEach(this::track);
  }

  private void track(String id, List<Placed> placed) {
    placed.sort(Comparator.comparingLong(Placed::start));
    Placed last = null;
    for (Placed each : placed) {
      // Two items are told of by the rules for items.
      if (last != null && each.start < last.end && (each.raw || last.raw)) {
        faults.add(
            each.pointer,
            "overlap",
            "is "
                + Seconds.show(each.start)
                + ", when "
                + last.pointer
                + " still plays on track \""
                + id
                + "\" until "
                + Seconds.show(last.end)
                + "; start later, or use another track");
      }
      last = last == null || each.end >= last.end ? each : last;
    }
  }
}
