package dev.millrace.apps.draft.check;

import dev.millrace.apps.draft.check.TrackRules.Placed;
import dev.millrace.apps.draft.format.KeyframeProperty;
import dev.millrace.apps.draft.format.TrackType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks how the properties of a segment move. */
final class KeyframeRules {
  private final TrackType type;
  private final Findings findings;

  KeyframeRules(TrackType type, Findings findings) {
    this.type = type;
    this.findings = findings;
  }

  void check(Placed segment) {
    Set<String> seen = new HashSet<>();
    int index = 0;
    for (JsonNode curve : segment.node().path("common_keyframes")) {
      String pointer = segment.pointer() + "/common_keyframes/" + index++;
      String word = curve.path("property_type").asString("");
      KeyframeProperty property = property(word, pointer + "/property_type");
      if (!seen.add(word)) {
        findings.add(
            Rule.KEYFRAME_PROPERTY, pointer + "/property_type", "is a second \"" + word + "\"");
      }
      points(segment, curve.path("keyframe_list"), property, pointer + "/keyframe_list");
    }
    tied(segment, seen);
  }

  private @Nullable KeyframeProperty property(String word, String pointer) {
    KeyframeProperty property =
        word.startsWith("KF") ? KeyframeProperty.of(word).orElse(null) : null;
    if (property == null) {
      findings.add(Rule.KEYFRAME_KNOWN, pointer, "is \"" + word + "\"");
    } else if (!property.fits(type)) {
      findings.add(
          Rule.KEYFRAME_PROPERTY, pointer, "is \"" + word + "\" on a track for " + type.word());
    }
    return property;
  }

  private void points(
      Placed segment, JsonNode list, @Nullable KeyframeProperty property, String pointer) {
    if (!list.isArray() || list.isEmpty()) {
      findings.add(Rule.FIELD_REQUIRED, pointer, "is missing or empty");
      return;
    }
    long last = -1;
    int index = 0;
    for (JsonNode point : list) {
      String at = pointer + "/" + index++;
      JsonNode offset = point.path("time_offset");
      if (!offset.isIntegralNumber() || !offset.canConvertToLong() || offset.asLong() < 0) {
        findings.add(Rule.TIME_WHOLE, at + "/time_offset", "is " + RequiredFields.brief(offset));
      } else {
        time(segment, offset.asLong(), last, at + "/time_offset");
        last = Math.max(last, offset.asLong());
      }
      value(point.path("values"), property, at + "/values");
    }
  }

  private void time(Placed segment, long offset, long last, String pointer) {
    if (offset <= last) {
      findings.add(Rule.KEYFRAME_ORDER, pointer, "is " + offset + " after " + last);
    }
    if (offset > segment.duration()) {
      findings.add(
          Rule.KEYFRAME_WITHIN,
          pointer,
          "is " + offset + ", but " + segment.pointer() + " lasts " + segment.duration());
    }
  }

  private void value(JsonNode values, @Nullable KeyframeProperty property, String pointer) {
    boolean numbers = values.isArray() && !values.isEmpty();
    for (JsonNode value : values) {
      numbers &= value.isNumber();
    }
    if (!numbers) {
      findings.add(Rule.KEYFRAME_VALUE, pointer, "is " + RequiredFields.brief(values));
    } else if (property != null) {
      double value = values.path(0).asDouble();
      if (!(value >= property.least() && value <= property.most())) {
        findings.add(
            Rule.KEYFRAME_VALUE,
            pointer + "/0",
            "is " + value + ", not from " + property.least() + " to " + property.most());
      }
    }
  }

  /** Tied sides are kept as the width alone. */
  private void tied(Placed segment, Set<String> seen) {
    JsonNode on = segment.node().path("uniform_scale").path("on");
    if (on.asBoolean(false) && seen.contains(KeyframeProperty.SCALE_Y.type())) {
      findings.add(
          Rule.KEYFRAME_SCALE,
          segment.pointer() + "/uniform_scale/on",
          "is true, but the height moves by itself");
    }
  }
}
