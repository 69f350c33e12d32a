package dev.millrace.apps.draft.recipe;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The picture that the client's list of drafts shows. */
public record CoverRequest(String url, @Nullable String fileName) {
  /** Where a recipe says so. */
  public static final String POINTER = "/cover";

  static @Nullable CoverRequest read(Fields root, Map<String, Material> materials, Links links) {
    Fields fields = root.object("cover");
    if (fields == null) {
      return null;
    }
    String url = links.read(fields, "path");
    String id = fields.text("material", Limits.TITLE);
    fields.done();
    if (fields.has("path") == fields.has("material")) {
      fields.fault("", "missing", "needs either a path or a material");
      return null;
    }
    if (id == null) {
      return url == null ? null : new CoverRequest(url, null);
    }
    Material material = materials.get(id);
    if (material == null) {
      fields.fault("material", "unknown-material", () -> Rule.unknownMaterial(id, materials));
      return null;
    }
    return material.url() == null ? null : new CoverRequest(material.url(), material.name());
  }
}
