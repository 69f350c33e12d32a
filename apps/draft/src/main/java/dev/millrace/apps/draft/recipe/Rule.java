package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.TrackType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What all items of a type share: the materials they take in turn, and what holds where an item
 * says nothing itself.
 */
record Rule(
    ItemType type,
    List<String> materialIds,
    @Nullable String track,
    @Nullable Clip clip,
    @Nullable TextStyle style,
    List<AnimationRequest> animations,
    @Nullable TransitionRequest transition) {

  /** A rule that adds nothing. */
  static Rule plain(ItemType type) {
    return new Rule(type, List.of(), null, null, null, List.of(), null);
  }

  static Map<ItemType, Rule> read(
      Fields group, Map<String, Material> materials, EffectReader effects, Faults faults) {
    Map<ItemType, Rule> rules = new EnumMap<>(ItemType.class);
    for (Fields fields : group.objects("rules", Limits.RULES)) {
      fields.text("title", Limits.TITLE);
      ItemType type = ItemTypes.read(fields, "type");
      List<String> materialIds = materialIds(fields, materials, faults);
      Rule rule =
          new Rule(
              type == null ? ItemType.TEXT : type, materialIds, null, null, null, List.of(), null);
      if (type != null && type.isOverlay() && !materialIds.isEmpty()) {
        refuse(fields, "materialIds", true, type);
      }
      Fields meta = fields.object("meta");
      if (meta != null) {
        rule = withMeta(rule, meta, effects);
      }
      fields.free("id", "createdAt", "updatedAt");
      fields.done();
      if (type != null && rules.putIfAbsent(type, rule) != null) {
        fields.fault(
            "type", "duplicate-id", "\"" + type.word() + "\" has a rule already; join the two");
      }
    }
    return rules;
  }

  private static Rule withMeta(Rule rule, Fields meta, EffectReader effects) {
    Fields transition = meta.object("transition");
    Rule full =
        new Rule(
            rule.type,
            rule.materialIds,
            meta.text("track", Limits.TITLE),
            ClipReader.read(meta, null),
            StyleReader.read(meta, null, rule.type == ItemType.SUBTITLE, effects),
            effects.animations(meta, "animations"),
            transition == null ? null : effects.transition(transition, true));
    meta.done();
    boolean text = rule.type.track() == TrackType.TEXT;
    boolean video = rule.type.track() == TrackType.VIDEO;
    boolean sticker = rule.type.track() == TrackType.STICKER;
    refuse(meta, "clip", !text && !video && !sticker && full.clip != null, rule.type);
    refuse(meta, "style", !text && full.style != null, rule.type);
    refuse(meta, "animations", rule.type.isOverlay() && !full.animations.isEmpty(), rule.type);
    refuse(meta, "transition", !video && full.transition != null, rule.type);
    return full;
  }

  private static void refuse(Fields meta, String name, boolean refused, ItemType type) {
    if (refused) {
      meta.fault(name, "does-not-apply", "means nothing for \"" + type.word() + "\"; leave it out");
    }
  }

  private static List<String> materialIds(
      Fields fields, Map<String, Material> materials, Faults faults) {
    int[] index = {0};
    return fields.values("materialIds", Limits.MATERIALS).stream()
        .map(id ->
            materialId(id, fields.pointer("materialIds") + "/" + index[0]++, materials, faults))
        .filter(id -> !id.isEmpty())
        .toList();
  }

  private static String materialId(
      JsonNode id, String pointer, Map<String, Material> materials, Faults faults) {
    if (!id.isString()) {
      faults.add(pointer, "wrong-type", "is " + Fields.shown(id) + "; give the id of a material");
      return "";
    }
    if (!materials.containsKey(id.stringValue())) {
      faults.add(pointer, "unknown-material", () -> unknownMaterial(id.stringValue(), materials));
      return "";
    }
    return id.stringValue();
  }

  static String unknownMaterial(String id, Map<String, Material> materials) {
    return "there is no material \""
        + id
        + "\"; "
        + (materials.isEmpty()
            ? "add it to materials"
            : "did you mean " + Nearest.sentence(id, materials.keySet()) + "?");
  }
}
