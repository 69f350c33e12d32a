package dev.millrace.apps.draft.recipe;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A file that rules and items name by its id. What else stands in it is the sender's own and is
 * left alone.
 */
record Material(String id, @Nullable String url, @Nullable String name) {

  static Map<String, Material> read(Fields root, Links links) {
    Map<String, Material> materials = new HashMap<>();
    for (Fields fields : root.objects("materials", Limits.MATERIALS)) {
      String id = fields.needed("id", Limits.TITLE, "give each material an id of its own");
      fields.text("type", Limits.TITLE);
      String name = fields.text("name", Limits.TITLE);
      boolean linked = fields.has("path");
      String url = links.read(fields, "path");
      JsonNode path = fields.raw("path");
      if (!linked || (path != null && path.isString() && path.stringValue().isBlank())) {
        fields.fault("path", "missing", "is missing; give the link to the file");
      }
      if (id != null && materials.put(id, new Material(id, url, name)) != null) {
        fields.fault(
            "id", "duplicate-id", "\"" + id + "\" is taken; give each material its own id");
      }
    }
    return materials;
  }
}
