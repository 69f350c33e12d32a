package dev.millrace.apps.draft.check;

import dev.millrace.apps.draft.check.TrackRules.Placed;
import dev.millrace.apps.draft.format.TrackType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks what comes from the client's library against the track and the segment it is used on. */
final class OverlayRules {
  /** The lists whose members mean something on some tracks only. */
  private static final Map<String, Set<TrackType>> TRACKS =
      Map.of(
          "transitions", Set.of(TrackType.VIDEO),
          "canvases", Set.of(TrackType.VIDEO),
          "masks", Set.of(TrackType.VIDEO),
          "video_effects", Set.of(TrackType.VIDEO),
          "audio_fades", Set.of(TrackType.VIDEO, TrackType.AUDIO),
          "audio_effects", Set.of(TrackType.VIDEO, TrackType.AUDIO));

  private static final Map<String, Integer> SUB_TYPES =
      Map.of("sound_effect", 1, "tone", 2, "speech_to_song", 3);

  private final TrackType type;
  private final Findings findings;

  OverlayRules(TrackType type, Findings findings) {
    this.type = type;
    this.findings = findings;
  }

  /** The material of a segment itself. */
  void onTrack(Materials.Entry material) {
    switch (material.list()) {
      case "video_effects" -> videoEffect(material, 2);
      case "effects" -> filter(material);
      default -> {
        // No overlay, or one without any number.
      }
    }
  }

  /** All that a segment refers to. */
  void onSegment(Placed segment, List<Materials.Entry> entries) {
    Set<String> categories = new HashSet<>();
    for (Materials.Entry entry : entries) {
      fits(segment, entry);
      switch (entry.list()) {
        case "video_effects" -> videoEffect(entry, 0);
        case "effects" -> filter(entry);
        case "audio_effects" -> audioEffect(entry, categories);
        case "masks" -> mask(entry);
        case "canvases" -> background(entry);
        default -> {
          // Other rules look at these.
        }
      }
    }
  }

  private void fits(Placed segment, Materials.Entry entry) {
    Set<TrackType> tracks = TRACKS.get(entry.list());
    String kind = entry.node().path("type").asString("");
    if (entry.list().equals("effects")) {
      tracks = kind.startsWith("text_") ? Set.of(TrackType.TEXT) : Set.of(TrackType.VIDEO);
    }
    if (tracks != null && !tracks.contains(type)) {
      findings.add(
          Rule.ATTACHMENT_FITS,
          entry.pointer(),
          "is \"" + kind + "\", attached to " + segment.pointer() + " for " + type.word());
    }
  }

  private void videoEffect(Materials.Entry entry, int target) {
    JsonNode own = entry.node().path("apply_target_type");
    if (own.isNumber() && own.asInt() != target) {
      findings.add(
          Rule.EFFECT_TARGET,
          entry.pointer() + "/apply_target_type",
          "is " + own + ", not " + target);
    }
    params(entry, "adjust_params");
    share(entry.node().path("value"), Rule.VALUE_RANGE, entry.pointer() + "/value");
  }

  private void filter(Materials.Entry entry) {
    params(entry, "adjust_params");
    share(entry.node().path("value"), Rule.VALUE_RANGE, entry.pointer() + "/value");
  }

  private void audioEffect(Materials.Entry entry, Set<String> categories) {
    String category = entry.node().path("category_id").asString("");
    Integer subType = SUB_TYPES.get(category);
    JsonNode own = entry.node().path("sub_type");
    if (subType != null && own.isNumber() && own.asInt() != subType) {
      findings.add(
          Rule.EFFECT_CATEGORY,
          entry.pointer() + "/sub_type",
          "is " + own + ", not " + subType + " of " + category);
    }
    if (!categories.add(category)) {
      findings.add(
          Rule.EFFECT_CATEGORY, entry.pointer() + "/category_id", "is a second " + category);
    }
    params(entry, "audio_adjust_params");
  }

  private void params(Materials.Entry entry, String list) {
    int index = 0;
    for (JsonNode param : entry.node().path(list)) {
      String pointer = entry.pointer() + "/" + list + "/" + index++;
      JsonNode value = param.path("value");
      JsonNode min = param.path("min_value");
      JsonNode max = param.path("max_value");
      boolean sane =
          value.isNumber()
              && (!min.isNumber() || value.asDouble() >= min.asDouble())
              && (!max.isNumber() || value.asDouble() <= max.asDouble());
      if (!sane) {
        findings.add(
            Rule.EFFECT_PARAMS,
            pointer + "/value",
            "is " + RequiredFields.brief(value) + ", not from " + min + " to " + max);
      }
    }
  }

  private void mask(Materials.Entry entry) {
    JsonNode config = entry.node().path("config");
    String pointer = entry.pointer() + "/config";
    for (String name : List.of("width", "height", "aspectRatio")) {
      JsonNode value = config.path(name);
      if (!value.isNumber() || !(value.asDouble() > 0)) {
        findings.add(
            Rule.MASK_SANE,
            pointer + "/" + name,
            "is " + RequiredFields.brief(value) + ", not more than 0");
      }
    }
    for (String name : List.of("centerX", "centerY", "rotation")) {
      if (!config.path(name).isNumber()) {
        findings.add(Rule.MASK_SANE, pointer + "/" + name, "is no number");
      }
    }
    share(config.path("feather"), Rule.MASK_SANE, pointer + "/feather");
    share(config.path("roundCorner"), Rule.MASK_SANE, pointer + "/roundCorner");
    if (!config.path("invert").isBoolean()) {
      findings.add(Rule.MASK_SANE, pointer + "/invert", "is neither true nor false");
    }
  }

  private void background(Materials.Entry entry) {
    String kind = entry.node().path("type").asString("");
    String color = entry.node().path("color").asString("");
    switch (kind) {
      case "canvas_blur" ->
          share(entry.node().path("blur"), Rule.BACKGROUND_SANE, entry.pointer() + "/blur");
      case "canvas_color" -> {
        if (!color.isEmpty() && !color.matches("#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")) {
          findings.add(Rule.BACKGROUND_SANE, entry.pointer() + "/color", "is \"" + color + "\"");
        }
      }
      case "canvas_image" -> {
        // The client's own pictures; a recipe makes none.
      }
      default ->
          findings.add(Rule.BACKGROUND_SANE, entry.pointer() + "/type", "is \"" + kind + "\"");
    }
  }

  private void share(JsonNode value, Rule rule, String pointer) {
    if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
      findings.add(rule, pointer, "is " + RequiredFields.brief(value) + ", not from 0 to 1");
    }
  }
}
