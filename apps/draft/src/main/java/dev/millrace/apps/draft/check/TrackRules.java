package dev.millrace.apps.draft.check;

import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks how the segments of each track stand together, and the tracks with each other. */
final class TrackRules {
  private final JsonNode content;
  private final Materials materials;
  private final Findings findings;

  private TrackRules(JsonNode content, Materials materials, Findings findings) {
    this.content = content;
    this.materials = materials;
    this.findings = findings;
  }

  static void check(JsonNode content, Materials materials, Findings findings) {
    new TrackRules(content, materials, findings).all();
  }

  /** A segment with times that can be reckoned with. */
  record Placed(JsonNode node, String pointer, long start, long duration) {
    long end() {
      return start + duration;
    }
  }

  private void all() {
    long end = 0;
    long lastIndex = Long.MIN_VALUE;
    boolean mainSeen = false;
    int number = 0;
    for (JsonNode track : content.path("tracks")) {
      String pointer = "/tracks/" + number++;
      TrackType type = TrackType.of(track.path("type").asString("")).orElse(null);
      if (type == null && !track.path("type").asString("").equals("adjust")) {
        findings.add(
            Rule.TRACK_TYPE, pointer + "/type", "is " + RequiredFields.brief(track.path("type")));
      }
      List<Placed> placed = placed(track, pointer);
      for (Placed segment : placed) {
        end = Math.max(end, segment.end());
      }
      lastIndex = renderIndex(track, pointer, lastIndex);
      if (type == null) {
        unknown(placed);
      } else {
        track(type, placed);
        if (type == TrackType.VIDEO && !mainSeen) {
          mainSeen = true;
          mainTrack(placed);
        }
      }
    }
    total(end);
  }

  /** Nothing is known about such a track but that it uses what it names. */
  private void unknown(List<Placed> placed) {
    for (Placed segment : placed) {
      var _ = materials.use(segment.node().path("material_id").asString(""));
      for (JsonNode reference : segment.node().path("extra_material_refs")) {
        var _ = materials.use(reference.asString(""));
      }
    }
  }

  private List<Placed> placed(JsonNode track, String pointer) {
    List<Placed> placed = new ArrayList<>();
    int index = 0;
    for (JsonNode node : track.path("segments")) {
      String at = pointer + "/segments/" + index++;
      JsonNode target = node.path("target_timerange");
      boolean whole = Range.isWhole(target, at + "/target_timerange", findings);
      if (whole) {
        placed.add(
            new Placed(node, at, target.path("start").asLong(), target.path("duration").asLong()));
      }
    }
    placed.sort(java.util.Comparator.comparingLong(Placed::start));
    return placed;
  }

  private void track(TrackType type, List<Placed> placed) {
    SegmentRules rules = new SegmentRules(type, materials, findings);
    Placed last = null;
    for (int i = 0; i < placed.size(); i++) {
      Placed segment = placed.get(i);
      Placed next = i + 1 < placed.size() ? placed.get(i + 1) : null;
      if (last != null && last.end() > segment.start()) {
        findings.add(
            Rule.NO_OVERLAP,
            segment.pointer() + "/target_timerange/start",
            "is " + segment.start() + ", but " + last.pointer() + " plays until " + last.end());
      }
      rules.check(segment, next);
      last = last == null || segment.end() >= last.end() ? segment : last;
    }
  }

  /** Returns the index that the next track must reach. */
  private long renderIndex(JsonNode track, String pointer, long lastIndex) {
    Long index = null;
    int number = 0;
    for (JsonNode segment : track.path("segments")) {
      String at = pointer + "/segments/" + number++ + "/render_index";
      long own = segment.path("render_index").asLong(-1);
      if (index != null && index != own) {
        findings.add(Rule.RENDER_INDEX, at, "is " + own + ", but the track's is " + index);
      }
      index = index == null ? Long.valueOf(own) : index;
    }
    if (index == null) {
      return lastIndex;
    }
    if (index < lastIndex) {
      findings.add(
          Rule.RENDER_INDEX,
          pointer,
          "has render index " + index + ", below " + lastIndex + " of a track before it");
    }
    return Math.max(index, lastIndex);
  }

  private void mainTrack(List<Placed> placed) {
    if (!content.path("config").path("maintrack_adsorb").asBoolean(true)) {
      return;
    }
    long end = 0;
    for (Placed segment : placed) {
      if (segment.start() > end) {
        findings.add(
            Rule.MAIN_TRACK_GAP,
            segment.pointer() + "/target_timerange/start",
            "is " + segment.start() + ", but the track is empty from " + end + " on");
      }
      end = Math.max(end, segment.end());
    }
  }

  private void total(long end) {
    @Nullable JsonNode duration = content.get("duration");
    if (duration != null && duration.isNumber()) {
      if (!duration.isIntegralNumber()) {
        findings.add(Rule.TIME_WHOLE, "/duration", "is " + duration);
      } else if (duration.asLong() != end) {
        findings.add(
            Rule.DURATION_TOTAL, "/duration", "is " + duration + ", but the end is at " + end);
      }
    }
  }
}
