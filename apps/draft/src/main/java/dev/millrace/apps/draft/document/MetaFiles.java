package dev.millrace.apps.draft.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The files of the client's media panel, as the meta file lists them. */
final class MetaFiles {
  private MetaFiles() {}

  /** Lists the file of a material in place of the one that it had. */
  static void replaced(DraftDocument draft, ObjectNode meta, String oldPath, Material material) {
    ObjectNode entry = isUsed(draft, oldPath) ? null : entry(meta, oldPath);
    if (entry == null || entry(meta, path(material)) != null) {
      if (entry != null) {
        remove(meta, oldPath);
      }
      added(meta, material);
      return;
    }
    fill(entry, material);
  }

  /** Lists the file of a material, if it is not listed. */
  static void added(ObjectNode meta, Material material) {
    if (path(material).isEmpty() || entry(meta, path(material)) != null) {
      return;
    }
    ArrayNode files = files(meta);
    if (files == null) {
      return;
    }
    ObjectNode entry = files.addObject();
    long micros = meta.path("tm_draft_modified").asLong(0);
    entry.put("create_time", micros / 1_000_000);
    fill(entry, material);
    entry
        .put("id", material.id())
        .put("import_time", micros / 1_000_000)
        .put("import_time_ms", micros)
        .put("item_source", 1)
        .put("md5", "");
    entry.putObject("roughcut_time_range").put("start", -1).put("duration", -1);
    entry.putObject("sub_time_range").put("start", -1).put("duration", -1);
    entry.put("type", 0);
  }

  /** Removes what no material uses any more. */
  static void removeUnused(DraftDocument draft, ObjectNode meta) {
    List<String> gone = new ArrayList<>();
    for (ObjectNode group : DraftDocument.objects(meta.path("draft_materials"))) {
      for (ObjectNode file : DraftDocument.objects(group.path("value"))) {
        String path = file.path("file_Path").asString("");
        if (!isUsed(draft, path)) {
          gone.add(path);
        }
      }
    }
    gone.forEach(path -> remove(meta, path));
  }

  private static void remove(ObjectNode meta, String path) {
    for (ObjectNode group : DraftDocument.objects(meta.path("draft_materials"))) {
      if (group.get("value") instanceof ArrayNode files) {
        files.removeIf(file -> file.path("file_Path").asString("").equals(path));
      }
    }
  }

  private static void fill(ObjectNode entry, Material material) {
    ObjectNode node = material.node();
    boolean audio = material.list().equals("audios");
    boolean photo = node.path("type").asString("").equals("photo");
    entry
        .put("duration", node.path("duration").asLong(0))
        .put("extra_info", material.name())
        .put("file_Path", path(material))
        .put("height", node.path("height").asInt(0))
        .put("metetype", audio ? "music" : photo ? "photo" : "video")
        .put("width", node.path("width").asInt(0));
  }

  private static String path(Material material) {
    return material.node().path("path").asString("");
  }

  private static boolean isUsed(DraftDocument draft, String path) {
    for (String list : List.of("videos", "audios")) {
      for (ObjectNode material : DraftDocument.objects(draft.materials().path(list))) {
        if (material.path("path").asString("").equals(path)) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable ObjectNode entry(ObjectNode meta, String path) {
    for (ObjectNode group : DraftDocument.objects(meta.path("draft_materials"))) {
      for (ObjectNode file : DraftDocument.objects(group.path("value"))) {
        if (file.path("file_Path").asString("").equals(path)) {
          return file;
        }
      }
    }
    return null;
  }

  /** The group of type 0, which holds what the draft shows and plays. */
  private static @Nullable ArrayNode files(ObjectNode meta) {
    for (ObjectNode group : DraftDocument.objects(meta.path("draft_materials"))) {
      if (group.path("type").asInt(-1) == 0 && group.get("value") instanceof ArrayNode files) {
        return files;
      }
    }
    if (meta.get("draft_materials") instanceof ArrayNode groups) {
      ObjectNode group = groups.insertObject(0);
      group.put("type", 0);
      return group.putArray("value");
    }
    return null;
  }
}
