package dev.millrace.apps.draft.document;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A material of a draft.
 *
 * @param list name of the list it is in
 */
record Material(String list, ObjectNode node) {
  /** Of a draft that names lists of keyframes beside its materials. */
  static final String KEYFRAMES = "keyframes/";

  String id() {
    return node.path("id").asString("");
  }

  /** What people call it; empty if nothing. */
  String name() {
    String name = node.path("material_name").asString("");
    return name.isEmpty() ? node.path("name").asString("") : name;
  }

  /** All materials of a draft by id, as they are now. */
  static final class Index {
    private final Map<String, Material> byId = new LinkedHashMap<>();

    Index(DraftDocument draft) {
      lists(draft.materials(), "");
      lists(draft.content().path("keyframes"), KEYFRAMES);
    }

    private void lists(JsonNode owner, String prefix) {
      for (Map.Entry<String, JsonNode> list : owner.properties()) {
        for (ObjectNode node : DraftDocument.objects(list.getValue())) {
          Material material = new Material(prefix + list.getKey(), node);
          byId.putIfAbsent(material.id(), material);
        }
      }
      byId.remove("");
    }

    @Nullable Material find(String id) {
      return byId.get(id);
    }

    @Nullable Material find(JsonNode id) {
      return byId.get(id.asString(""));
    }

    Collection<Material> all() {
      return byId.values();
    }
  }
}
