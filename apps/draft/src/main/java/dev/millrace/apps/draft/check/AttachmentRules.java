package dev.millrace.apps.draft.check;

import dev.millrace.apps.draft.check.TrackRules.Placed;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks speeds, transitions, fades and animations against the segment they are attached to. */
final class AttachmentRules {
  private final Findings findings;

  AttachmentRules(Findings findings) {
    this.findings = findings;
  }

  void check(Placed segment, @Nullable Placed next, Materials.Entry entry) {
    switch (entry.list()) {
      case "speeds" -> speed(segment, entry);
      case "transitions" -> transition(segment, next, entry);
      case "audio_fades" -> fade(segment, entry);
      case "material_animations" -> animations(segment, entry);
      default -> {
        // Nothing that depends on the segment.
      }
    }
  }

  private void speed(Placed segment, Materials.Entry entry) {
    double own = segment.node().path("speed").asDouble(1);
    double attached = entry.node().path("speed").asDouble(own);
    if (own != attached) {
      findings.add(
          Rule.SPEED_AGREES,
          entry.pointer() + "/speed",
          "is " + attached + ", but " + segment.pointer() + " says " + own);
    }
  }

  private void transition(Placed segment, @Nullable Placed next, Materials.Entry entry) {
    if (next == null || next.start() != segment.end()) {
      findings.add(
          Rule.TRANSITION_TOUCHES,
          entry.pointer(),
          "no segment begins where " + segment.pointer() + " ends, at " + segment.end());
      return;
    }
    long most = Math.min(segment.duration(), next.duration()) / 2;
    long duration = micros(entry, "duration", 1);
    if (duration > most) {
      findings.add(
          Rule.TRANSITION_SHORT,
          entry.pointer() + "/duration",
          "is " + duration + ", more than " + most);
    }
  }

  private void fade(Placed segment, Materials.Entry entry) {
    long together = micros(entry, "fade_in_duration", 0) + micros(entry, "fade_out_duration", 0);
    if (together > segment.duration()) {
      findings.add(
          Rule.FADE_FITS,
          entry.pointer(),
          "takes " + together + ", but " + segment.pointer() + " lasts " + segment.duration());
    }
  }

  /** A time of a material, 0 and a finding if it is none. */
  private long micros(Materials.Entry entry, String name, long least) {
    return micros(entry.node().path(name), entry.pointer() + "/" + name, least);
  }

  private long micros(JsonNode value, String pointer, long least) {
    boolean whole =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.asLong() >= least
            && value.asLong() < Long.MAX_VALUE / 4;
    if (!whole) {
      findings.add(Rule.TIME_WHOLE, pointer, "is " + RequiredFields.brief(value));
    }
    return whole ? value.asLong() : 0;
  }

  private void animations(Placed segment, Materials.Entry entry) {
    Set<String> types = new HashSet<>();
    int index = 0;
    long end = 0;
    for (JsonNode animation : entry.node().path("animations")) {
      String pointer = entry.pointer() + "/animations/" + index++;
      long from = micros(animation.path("start"), pointer + "/start", 0);
      long to = from + micros(animation.path("duration"), pointer + "/duration", 1);
      String type = animation.path("type").asString("");
      if (to > segment.duration()) {
        findings.add(
            Rule.ANIMATION_FITS,
            pointer,
            "ends at " + to + ", but " + segment.pointer() + " lasts " + segment.duration());
      }
      if (!types.add(type)) {
        findings.add(Rule.ANIMATION_FITS, pointer + "/type", "is a second \"" + type + "\"");
      }
      end = Math.max(end, to);
    }
    if (types.contains("group") && types.size() > 1) {
      findings.add(
          Rule.ANIMATION_FITS, entry.pointer() + "/animations", "hold a group beside others");
    }
  }
}
