package dev.millrace.apps.draft.document;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Finds what segments need of their draft. */
final class Pieces {
  private Pieces() {}

  /** Everything that a segment refers to, and what that refers to in turn, by id. */
  static Map<String, Material> needs(ObjectNode segment, Material.Index materials) {
    Map<String, Material> needed = new LinkedHashMap<>();
    Deque<JsonNode> open = new ArrayDeque<>();
    segment
        .properties()
        .forEach(
            field -> visit(field.getValue(), isReference(field.getKey()), materials, needed, open));
    while (!open.isEmpty()) {
      JsonNode next = open.poll();
      for (Map.Entry<String, JsonNode> field : next.properties()) {
        visit(field.getValue(), false, materials, needed, open);
      }
    }
    return needed;
  }

  private static boolean isReference(String field) {
    return field.equals("material_id")
        || field.equals("extra_material_refs")
        || field.equals("keyframe_refs");
  }

  private static void visit(
      JsonNode value,
      boolean reference,
      Material.Index materials,
      Map<String, Material> needed,
      Deque<JsonNode> open) {
    switch (value) {
      case ObjectNode object -> open.add(object);
      case ArrayNode array ->
          array.forEach(each -> visit(each, reference, materials, needed, open));
      case StringNode text -> {
        String id = text.stringValue();
        Material material = reference || LocalIds.isUuid(id) ? materials.find(id) : null;
        if (material != null && needed.putIfAbsent(id, material) == null) {
          open.add(material.node());
        }
      }
      default -> {
        // No reference.
      }
    }
  }

  /** Adds materials to the lists that they are of. */
  static void add(DraftDocument draft, Collection<Material> materials) {
    for (Material material : materials) {
      if (material.list().startsWith(Material.KEYFRAMES)) {
        String list = material.list().substring(Material.KEYFRAMES.length());
        ObjectNode keyframes =
            draft.content().get("keyframes") instanceof ObjectNode there
                ? there
                : draft.content().putObject("keyframes");
        ArrayNode all =
            keyframes.get(list) instanceof ArrayNode there ? there : keyframes.putArray(list);
        all.add(material.node());
      } else {
        draft.list(material.list()).add(material.node());
        draft.meta().ifPresent(meta -> listed(meta, material));
      }
    }
  }

  private static void listed(ObjectNode meta, Material material) {
    if (material.list().equals("videos") || material.list().equals("audios")) {
      MetaFiles.added(meta, material);
    }
  }
}
