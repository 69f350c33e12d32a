package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.TrackType;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** Finds the file that an item shows or plays. Confined to one reading. */
final class FileChoice {
  private final Map<String, Material> materials;
  private final Links links;

  /** How many items of a type have taken a material from their rule. */
  private final Map<ItemType, Integer> taken = new EnumMap<>(ItemType.class);

  FileChoice(Map<String, Material> materials, Links links) {
    this.materials = materials;
    this.links = links;
  }

  /** A file, and the id of the material that stands for it if there is one. */
  record File(@Nullable String url, @Nullable String name, @Nullable String material) {
    static File of(@Nullable Material material, @Nullable String name) {
      return material == null
          ? new File(null, name, null)
          : new File(material.url(), name == null ? material.name() : name, material.id());
    }
  }

  /** Its own link, else the material it names, else the next one of its rule. */
  @Nullable File choose(Fields data, ItemType type, Rule rule, boolean hasText) {
    String name = data.text("name", Limits.TITLE);
    boolean linked = data.has("path") && !isBlank(data, "path");
    String url = links.read(data, "path");
    String materialId = data.text("material", Limits.TITLE);
    if (hasText) {
      return null;
    }
    if (linked) {
      return new File(url, name, null);
    }
    if (materialId != null && !materialId.isBlank()) {
      Material material = materials.get(materialId);
      if (material == null) {
        data.fault(
            "material", "unknown-material", () -> Rule.unknownMaterial(materialId, materials));
      }
      return File.of(material, name);
    }
    if (!rule.materialIds().isEmpty()) {
      int turn = taken.merge(type, 1, Integer::sum) - 1;
      Material material = materials.get(rule.materialIds().get(turn % rule.materialIds().size()));
      return File.of(material, name);
    }
    String wanted =
        type.track() == TrackType.TEXT
            ? "give the text, or the path of a subtitle file"
            : "give a path, a material, or materialIds in the rule \"" + type.word() + "\"";
    data.fault(
        type.track() == TrackType.TEXT ? "text" : "path", "missing", "is missing; " + wanted);
    return null;
  }

  private static boolean isBlank(Fields data, String name) {
    return data.raw(name) instanceof StringNode text && text.stringValue().isBlank();
  }
}
