package dev.millrace.apps.draft.document;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes what is attached to a segment fit a new length of it. */
final class Fitting {
  private Fitting() {}

  /**
   * Fits keyframes, animations and fades.
   *
   * @param length of the segment on the timeline, in microseconds
   */
  static void attachments(ObjectNode segment, long length, Material.Index materials) {
    for (ObjectNode keyframes : DraftDocument.objects(segment.path("common_keyframes"))) {
      if (keyframes.get("keyframe_list") instanceof ArrayNode list) {
        keyframes(list, length);
      }
    }
    for (JsonNode reference : segment.path("extra_material_refs")) {
      Material material = materials.find(reference);
      if (material == null) {
        continue;
      }
      switch (material.list()) {
        case "material_animations" -> animations(material.node(), length);
        case "audio_fades" -> fade(material.node(), length);
        default -> {
          // Does not depend on the length.
        }
      }
    }
  }

  /** Drops keyframes behind the end; the curve is cut there, not bent. */
  private static void keyframes(ArrayNode list, long length) {
    List<ObjectNode> frames = DraftDocument.objects(list);
    frames.sort(Comparator.comparingLong(Fitting::offset));
    ObjectNode last = null;
    ObjectNode behind = null;
    for (ObjectNode frame : frames) {
      if (offset(frame) <= length) {
        last = frame;
      } else if (behind == null) {
        behind = frame;
      }
    }
    if (behind == null) {
      return;
    }
    if (last == null || offset(last) < length) {
      between(last, behind, length);
      behind.put("time_offset", length);
    }
    list.removeIf(frame -> offset(frame) > length);
  }

  private static long offset(JsonNode frame) {
    return frame.path("time_offset").asLong(0);
  }

  /** Gives {@code end} the values that the line towards it has at {@code length}. */
  private static void between(@Nullable ObjectNode start, ObjectNode end, long length) {
    if (start == null || !(end.get("values") instanceof ArrayNode values)) {
      return;
    }
    long whole = offset(end) - offset(start);
    BigDecimal share =
        BigDecimal.valueOf(length - offset(start))
            .divide(BigDecimal.valueOf(whole), MathContext.DECIMAL32);
    for (int i = 0; i < values.size(); i++) {
      JsonNode from = start.path("values").path(i);
      if (from.isNumber() && values.get(i).isNumber()) {
        BigDecimal first = from.decimalValue();
        BigDecimal way = values.get(i).decimalValue().subtract(first);
        values.set(
            i, first.add(way.multiply(share)).setScale(6, RoundingMode.HALF_UP).doubleValue());
      }
    }
  }

  private static void animations(ObjectNode set, long length) {
    List<ObjectNode> animations = DraftDocument.objects(set.path("animations"));
    long in = duration(animations, "in");
    long out = duration(animations, "out");
    if (in + out > length) {
      in = length * in / (in + out);
      out = length - in;
      out = duration(animations, "out") == 0 ? 0 : out;
    }
    for (ObjectNode animation : animations) {
      switch (animation.path("type").asString("")) {
        case "in" -> time(animation, 0, in);
        case "out" -> time(animation, length - out, out);
        case "loop" -> time(animation, in, Math.max(1, length - in - out));
        default -> {
          long start = Math.min(animation.path("start").asLong(0), length - 1);
          long most = length - start;
          time(animation, start, Math.min(animation.path("duration").asLong(0), most));
        }
      }
    }
  }

  private static long duration(List<ObjectNode> animations, String type) {
    return animations.stream()
        .filter(animation -> animation.path("type").asString("").equals(type))
        .mapToLong(animation -> animation.path("duration").asLong(0))
        .findFirst()
        .orElse(0);
  }

  private static void time(ObjectNode animation, long start, long duration) {
    if (animation.path("start").asLong(-1) != start) {
      animation.put("start", start);
    }
    long least = Math.max(1, duration);
    if (animation.path("duration").asLong(-1) != least) {
      animation.put("duration", least);
    }
  }

  private static void fade(ObjectNode fade, long length) {
    long in = fade.path("fade_in_duration").asLong(0);
    long out = fade.path("fade_out_duration").asLong(0);
    if (in + out > length) {
      fade.put("fade_in_duration", length * in / (in + out));
      fade.put("fade_out_duration", length - length * in / (in + out));
    }
  }
}
