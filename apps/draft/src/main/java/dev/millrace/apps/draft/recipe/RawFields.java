package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.ContentWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what stands in pieces of existing drafts, as far as we rely on it. */
final class RawFields {
  private RawFields() {}

  static @Nullable ObjectNode tree(Fields fields, String name) {
    if (fields.raw(name) instanceof ObjectNode tree) {
      return tree;
    }
    if (!fields.has(name)) {
      fields.fault(name, "missing", "is missing; give it as it stands in the draft");
    } else {
      var _ = fields.object(name); // Tells that it is no object.
    }
    return null;
  }

  static @Nullable String category(Fields fields, String name) {
    List<String> lists = ContentWriter.materialLists();
    String category = fields.needed(name, Limits.TITLE, "give the list of materials that it is in");
    if (category != null && !lists.contains(category)) {
      unknownCategory(fields, name, category);
      return null;
    }
    return category;
  }

  private static void unknownCategory(Fields fields, String name, String category) {
    fields.fault(
        name,
        "unknown-type",
        () ->
            "\""
                + category
                + "\" is no list of materials; did you mean "
                + Nearest.sentence(category, ContentWriter.materialLists())
                + "?");
  }

  static void sameId(Fields inner, String name, String id) {
    String own = inner.text(name, Limits.TITLE);
    if (own == null || !own.equals(id)) {
      inner.fault(
          name,
          "id-clash",
          (own == null ? "is missing" : "is \"" + own + "\"") + "; give \"" + id + "\"");
    }
  }

  /** A link is fetched; what lies on the editor's machine stays where it is. */
  static @Nullable String url(Fields material, String category, Links links) {
    if (!category.equals("videos") && !category.equals("audios")) {
      return null;
    }
    String path = material.text("path", Limits.URL);
    if (path == null || path.isBlank()) {
      material.fault("path", "missing", "is missing; give a link, or a path of the editor's");
      return null;
    }
    if (path.matches("(/|[A-Za-z]:/).*") && !path.contains("/../") && !path.contains("\\")) {
      return null;
    }
    return links.read(material, "path");
  }

  static Map<String, List<ObjectNode>> extras(Fields fields) {
    Map<String, List<ObjectNode>> extras = new LinkedHashMap<>();
    Fields byList = fields.object("extraMaterials");
    if (byList == null) {
      return extras;
    }
    for (Map.Entry<String, JsonNode> list : byList.properties()) {
      if (!ContentWriter.materialLists().contains(list.getKey())) {
        unknownCategory(byList, list.getKey(), list.getKey());
      }
      List<ObjectNode> nodes = new ArrayList<>();
      for (Fields material : byList.objects(list.getKey(), Limits.RAW_EXTRAS)) {
        var _ = material.needed("id", Limits.TITLE, "give the id that the segment refers to");
        if (list.getValue().get(material.index()) instanceof ObjectNode node) {
          nodes.add(node);
        }
      }
      extras.put(list.getKey(), nodes);
    }
    return extras;
  }
}
