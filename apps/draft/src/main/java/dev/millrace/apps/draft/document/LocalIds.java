package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.timeline.DraftIds;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Gives fresh local ids to tracks, segments, keyframes and materials that come from another draft,
 * and follows them wherever they are referred to. The ids of effects and resources belong to the
 * client's catalogue and are never rewritten. Confined to one import.
 */
final class LocalIds {
  /** Names of the catalogue: equal values here are chance. */
  private static final Set<String> CATALOGUE =
      Set.of(
          "effect_id",
          "resource_id",
          "third_resource_id",
          "sticker_id",
          "formula_id",
          "category_id",
          "request_id");

  /** Where even an id that looks like any word is a reference. */
  private static final Set<String> REFERENCES =
      Set.of(
          "material_id",
          "extra_material_refs",
          "keyframe_refs",
          "local_material_id",
          "music_id",
          "text_material_id");

  private static final Pattern UUID =
      Pattern.compile("[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}");

  private final Supplier<String> ids = DraftIds.fresh();
  private final Map<String, String> fresh = new HashMap<>();
  private final Set<ObjectNode> owners = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Whether a value can be taken for an id wherever it stands. */
  static boolean isUuid(String value) {
    return (value.length() == 32 || value.length() == 36) && UUID.matcher(value).matches();
  }

  /** Takes the id of a track, segment, keyframe or material for local. */
  void own(ObjectNode owner) {
    String id = owner.path("id").asString("");
    if (!id.isEmpty() && owners.add(owner)) {
      fresh.computeIfAbsent(id, _ -> ids.get());
    }
  }

  /** The same for a track with its segments and their keyframes. */
  void ownTrack(ObjectNode track) {
    own(track);
    DraftDocument.segments(track).forEach(this::ownSegment);
  }

  /** The same for a segment with its keyframes. */
  void ownSegment(ObjectNode segment) {
    own(segment);
    for (ObjectNode keyframes : DraftDocument.objects(segment.path("common_keyframes"))) {
      own(keyframes);
      DraftDocument.objects(keyframes.path("keyframe_list")).forEach(this::own);
    }
  }

  /** What an id became; itself if it is not local. */
  String now(String id) {
    return fresh.getOrDefault(id, id);
  }

  /** Rewrites all local ids in a tree whose owners were all taken before. */
  void rewrite(JsonNode tree) {
    switch (tree) {
      case ObjectNode object -> {
        boolean owner = owners.contains(object);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          if (field.getValue() instanceof StringNode text) {
            String now = now(field.getKey(), text.stringValue(), owner);
            if (!now.equals(text.stringValue())) {
              field.setValue(StringNode.valueOf(now));
            }
          } else {
            list(field.getKey(), field.getValue());
          }
        }
      }
      case ArrayNode _ -> list("", tree);
      default -> {
        // Numbers, flags and nothing: no ids.
      }
    }
  }

  private void list(String field, JsonNode value) {
    if (!(value instanceof ArrayNode array)) {
      rewrite(value);
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      if (array.get(i) instanceof StringNode text) {
        String now = now(field, text.stringValue(), false);
        if (!now.equals(text.stringValue())) {
          array.set(i, now);
        }
      } else {
        list(field, array.get(i));
      }
    }
  }

  private String now(String field, String value, boolean owner) {
    if (CATALOGUE.contains(field)) {
      return value;
    }
    boolean reference =
        isUuid(value) || REFERENCES.contains(field) || (owner && field.equals("id"));
    return reference ? now(value) : value;
  }
}
