package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.format.Animations;
import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.Curve;
import dev.millrace.apps.draft.format.Fragments;
import dev.millrace.apps.draft.format.TrackType;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.recipe.RawMaterial;
import dev.millrace.apps.draft.recipe.RawSegment;
import dev.millrace.apps.draft.recipe.RawStyle;
import dev.millrace.apps.draft.recipe.Recipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes pieces of existing drafts as the recipe's styles say; what they do not say stays. */
final class RawStyler {
  /** What stands before the animations of a segment. */
  private static final List<String> BEFORE =
      List.of("speeds", "transitions", "placeholders", "audio_fades", "canvases");

  private final Supplier<String> ids;
  private final List<Fault> faults;
  private final AnimationMaker animations;
  private final CurveMaker curves;
  private final Map<String, RawMaterial> shared = new HashMap<>();

  RawStyler(Supplier<String> ids, List<Note> notes, List<Fault> faults) {
    this.ids = ids;
    this.faults = faults;
    this.animations = new AnimationMaker(ids, notes);
    this.curves = new CurveMaker(ids, notes);
  }

  List<RawSegment> styled(Recipe recipe) {
    recipe.rawMaterials().forEach(material -> shared.put(material.id(), material));
    List<RawSegment> styled = new ArrayList<>();
    for (RawSegment raw : recipe.rawSegments()) {
      RawStyle style = raw.style();
      styled.add(style == null ? raw : styled(raw, style));
    }
    return styled;
  }

  private RawSegment styled(RawSegment raw, RawStyle style) {
    ObjectNode segment = raw.segment().deepCopy();
    Map<String, List<ObjectNode>> extras = new LinkedHashMap<>(raw.extras());
    if (style.clip() != null) {
      place(segment, style.clip());
    }
    if (style.volume() != null) {
      segment.put("volume", style.volume());
    }
    if (style.speed() != null) {
      speed(raw, segment, extras, style.speed());
    }
    if (!style.animations().isEmpty()) {
      Animations made =
          animations.make(
              style.animations(), raw.target().durationMicros(), raw.pointer("segment"));
      if (made != null) {
        TrackType track = TrackType.of(raw.trackType()).orElse(TrackType.VIDEO);
        refer(segment, extras, "material_animations", Fragments.animations(made, track));
      }
    }
    if (!style.keyframes().isEmpty()) {
      move(raw, segment, style);
    }
    return raw.styled(segment, extras);
  }

  private static void place(ObjectNode segment, Clip clip) {
    ObjectNode own = object(segment, "clip");
    own.put("alpha", clip.alpha()).put("rotation", clip.rotation());
    object(own, "flip")
        .put("horizontal", clip.flipHorizontal())
        .put("vertical", clip.flipVertical());
    object(own, "scale").put("x", clip.scaleX()).put("y", clip.scaleY());
    object(own, "transform").put("x", clip.x()).put("y", clip.y());
    if (segment.path("uniform_scale").isObject()) {
      object(segment, "uniform_scale").put("on", clip.scaleX() == clip.scaleY());
    }
  }

  private static ObjectNode object(ObjectNode owner, String name) {
    return owner.get(name) instanceof ObjectNode own ? own : owner.putObject(name);
  }

  /** It keeps its place on the timeline, so what it takes of its file changes. */
  private void speed(
      RawSegment raw, ObjectNode segment, Map<String, List<ObjectNode>> extras, double speed) {
    segment.put("speed", speed);
    refer(segment, extras, "speeds", Fragments.speed(ids.get(), speed));
    if (!(segment.get("source_timerange") instanceof ObjectNode source)) {
      return;
    }
    long needed = Math.round(raw.target().durationMicros() * speed);
    source.put("duration", needed);
    RawMaterial named = shared.get(raw.materialId());
    JsonNode material =
        raw.material() != null ? raw.material() : named == null ? segment : named.data();
    long end = source.path("start").asLong(0) + needed;
    long length = material.path("duration").asLong(Long.MAX_VALUE);
    if (end > length && !material.path("type").asString("").equals("photo")) {
      faults.add(
          new Fault(
              raw.pointer("segment/source_timerange"),
              "source-beyond-end",
              "ends at "
                  + Times.show(end)
                  + " with the speed "
                  + speed
                  + " of its style, but its file lasts "
                  + Times.show(length)
                  + "; make it slower or shorter"));
    }
  }

  private void move(RawSegment raw, ObjectNode segment, RawStyle style) {
    List<Curve> made =
        curves.make(style.keyframes(), raw.target().durationMicros(), raw.pointer("segment"));
    segment.set("common_keyframes", Fragments.curves(made));
    if (segment.path("uniform_scale").isObject()) {
      boolean tied = segment.path("uniform_scale").path("on").asBoolean(true);
      for (Curve curve : made) {
        tied = curve.property().ties(tied);
      }
      object(segment, "uniform_scale").put("on", tied);
    }
  }

  /** Puts a reference in the place of the one to the same list, or where the client has it. */
  private void refer(
      ObjectNode segment, Map<String, List<ObjectNode>> extras, String list, ObjectNode material) {
    Map<String, String> lists = new HashMap<>();
    extras.forEach(
        (name, nodes) -> nodes.forEach(node -> lists.put(node.path("id").asString(""), name)));
    List<String> refs = new ArrayList<>();
    int at = 0;
    for (JsonNode reference : segment.path("extra_material_refs")) {
      String id = reference.asString("");
      RawMaterial named = shared.get(id);
      String of = named == null ? lists.getOrDefault(id, "") : named.category();
      if (of.equals(list)) {
        continue;
      }
      refs.add(id);
      if (!list.equals("speeds") && BEFORE.contains(of)) {
        at = refs.size();
      }
    }
    refs.add(at, material.path("id").asString(""));
    ArrayNode written = segment.putArray("extra_material_refs");
    refs.forEach(written::add);
    extras.put(list, List.of(material));
  }
}
