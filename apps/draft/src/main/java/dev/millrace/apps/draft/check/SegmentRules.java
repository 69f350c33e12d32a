package dev.millrace.apps.draft.check;

import dev.millrace.apps.draft.check.TrackRules.Placed;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks one segment with its material and what it refers to. */
final class SegmentRules {
  /** The order of references, by the lists they are in. */
  static final List<String> ORDER =
      List.of(
          "speeds",
          "transitions",
          "placeholders",
          "audio_fades",
          "canvases",
          "material_animations",
          "masks",
          "effects",
          "video_effects",
          "audio_effects",
          "sound_channel_mappings",
          "loudnesses",
          "beats",
          "vocal_separations");

  private static final List<String> UNSHARED =
      List.of("speeds", "transitions", "audio_fades", "material_animations", "masks", "canvases");

  private final TrackType type;
  private final Materials materials;
  private final Findings findings;
  private final AttachmentRules attachments;
  private final OverlayRules overlays;
  private final KeyframeRules keyframes;

  SegmentRules(TrackType type, Materials materials, Findings findings) {
    this.type = type;
    this.materials = materials;
    this.findings = findings;
    this.attachments = new AttachmentRules(findings);
    this.overlays = new OverlayRules(type, findings);
    this.keyframes = new KeyframeRules(type, findings);
  }

  void check(Placed segment, @Nullable Placed next) {
    Materials.Entry material = material(segment);
    if (material != null) {
      overlays.onTrack(material);
    }
    references(segment, next);
    keyframes.check(segment);
    values(segment);
    clip(segment);
    if (type == TrackType.VIDEO || type == TrackType.AUDIO) {
      source(segment, material);
    }
  }

  private Materials.@Nullable Entry material(Placed segment) {
    String id = segment.node().path("material_id").asString("");
    Materials.Entry material = materials.use(id);
    List<String> lists = type.materialLists();
    if (material == null || !lists.contains(material.list())) {
      findings.add(
          Rule.MATERIAL_RESOLVES,
          segment.pointer() + "/material_id",
          "\""
              + id
              + "\" is "
              + (material == null ? "nowhere" : "in " + material.list())
              + ", not in "
              + String.join(" or ", lists));
      return null;
    }
    return material;
  }

  private void references(Placed segment, @Nullable Placed next) {
    int index = 0;
    int lastRank = -1;
    List<Materials.Entry> entries = new ArrayList<>();
    for (JsonNode reference : segment.node().path("extra_material_refs")) {
      String pointer = segment.pointer() + "/extra_material_refs/" + index++;
      String id = reference.asString("");
      Materials.Entry entry = materials.use(id);
      if (entry == null) {
        findings.add(Rule.REFERENCE_RESOLVES, pointer, "\"" + id + "\" is in no list");
        continue;
      }
      int rank = ORDER.indexOf(entry.list());
      if (rank >= 0 && rank < lastRank) {
        findings.add(
            Rule.REFERENCE_ORDER,
            pointer,
            "is of " + entry.list() + ", which stands before " + ORDER.get(lastRank));
      }
      lastRank = Math.max(rank, lastRank);
      String other = materials.refer(id, pointer);
      if (other != null && UNSHARED.contains(entry.list())) {
        findings.add(
            Rule.REFERENCE_UNSHARED, pointer, "\"" + id + "\" belongs to " + other + " already");
      }
      attachments.check(segment, next, entry);
      entries.add(entry);
    }
    overlays.onSegment(segment, entries);
  }

  private void values(Placed segment) {
    range(segment, "speed", 0.1, 100);
    range(segment, "volume", 0, 10);
    JsonNode clip = segment.node().path("clip");
    if (clip.path("alpha").isNumber()
        && !(clip.path("alpha").asDouble() >= 0 && clip.path("alpha").asDouble() <= 1)) {
      findings.add(
          Rule.VALUE_RANGE,
          segment.pointer() + "/clip/alpha",
          "is " + clip.path("alpha") + ", not from 0 to 1");
    }
    for (String axis : List.of("x", "y")) {
      JsonNode scale = clip.path("scale").path(axis);
      if (scale.isNumber() && !(scale.asDouble() > 0)) {
        findings.add(
            Rule.VALUE_RANGE,
            segment.pointer() + "/clip/scale/" + axis,
            "is " + scale + ", not > 0");
      }
    }
  }

  private void range(Placed segment, String name, double least, double most) {
    JsonNode value = segment.node().path(name);
    if (value.isNumber() && !(value.asDouble() >= least && value.asDouble() <= most)) {
      findings.add(
          Rule.VALUE_RANGE,
          segment.pointer() + "/" + name,
          "is " + value + ", not from " + least + " to " + most);
    }
  }

  private void clip(Placed segment) {
    JsonNode clip = segment.node().path("clip");
    boolean seen = type == TrackType.VIDEO || type == TrackType.TEXT || type == TrackType.STICKER;
    boolean fits = seen ? isPlace(clip) : clip.isNull() || clip.isMissingNode();
    if (!fits) {
      findings.add(
          Rule.CLIP_FITS,
          segment.pointer() + "/clip",
          "is " + RequiredFields.brief(clip) + " on a track for " + type.word());
    }
  }

  private static boolean isPlace(JsonNode clip) {
    return clip.path("alpha").isNumber()
        && clip.path("rotation").isNumber()
        && clip.path("scale").path("x").isNumber()
        && clip.path("scale").path("y").isNumber()
        && clip.path("transform").path("x").isNumber()
        && clip.path("transform").path("y").isNumber()
        && clip.path("flip").isObject();
  }

  private void source(Placed segment, Materials.@Nullable Entry material) {
    JsonNode source = segment.node().path("source_timerange");
    String pointer = segment.pointer() + "/source_timerange";
    if (!Range.isWhole(source, pointer, findings)) {
      return;
    }
    long start = source.path("start").asLong();
    long duration = source.path("duration").asLong();
    double speed = segment.node().path("speed").asDouble(1);
    long expected = Math.round(segment.duration() * speed);
    if (Math.abs(expected - duration) > 1) {
      findings.add(
          Rule.SOURCE_SPEED,
          pointer + "/duration",
          "is " + duration + ", but " + segment.duration() + " × " + speed + " is " + expected);
    }
    if (material == null || material.node().path("type").asString("").equals("photo")) {
      return;
    }
    long length = material.node().path("duration").asLong(0);
    if (start + duration > length) {
      findings.add(
          Rule.SOURCE_FITS,
          pointer,
          "ends at " + (start + duration) + ", but " + material.pointer() + " lasts " + length);
    }
  }
}
