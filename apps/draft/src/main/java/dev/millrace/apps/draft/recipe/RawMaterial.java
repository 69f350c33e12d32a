package dev.millrace.apps.draft.recipe;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A material of an existing draft that goes into this one as it is.
 *
 * @param category the list of materials it is in
 * @param data never changed by anybody; its id is {@code id}
 * @param url where its file is; null if it has none, or one on the editor's machine
 */
public record RawMaterial(
    int index, String id, String category, ObjectNode data, @Nullable String url) {
  /** JSON pointer to its file. */
  public String pointer() {
    return "/rawMaterials/" + index + "/data/path";
  }
}
