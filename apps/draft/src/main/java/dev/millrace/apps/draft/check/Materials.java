package dev.millrace.apps.draft.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All materials of a draft by id, and which of them segments use. */
final class Materials {
  /**
   * A material.
   *
   * @param list name of the list it is in
   */
  record Entry(String list, String pointer, JsonNode node) {}

  private final Map<String, Entry> byId = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Map<String, String> referredBy = new HashMap<>();

  private Materials() {}

  /** Reads the lists, and reports ids that materials, tracks and segments share. */
  static Materials of(JsonNode content, Findings findings) {
    Materials materials = new Materials();
    Map<String, String> seen = new HashMap<>();
    for (Map.Entry<String, JsonNode> list : content.path("materials").properties()) {
      int index = 0;
      for (JsonNode node : list.getValue()) {
        String pointer = "/materials/" + list.getKey() + "/" + index++;
        String id = node.path("id").asString("");
        unique(id, pointer, seen, findings);
        materials.byId.putIfAbsent(id, new Entry(list.getKey(), pointer, node));
      }
    }
    int number = 0;
    for (JsonNode track : content.path("tracks")) {
      String pointer = "/tracks/" + number++;
      unique(track.path("id").asString(""), pointer, seen, findings);
      int index = 0;
      for (JsonNode segment : track.path("segments")) {
        String segmentPointer = pointer + "/segments/" + index++;
        unique(segment.path("id").asString(""), segmentPointer, seen, findings);
      }
    }
    return materials;
  }

  private static void unique(
      String id, String pointer, Map<String, String> seen, Findings findings) {
    String first = id.isEmpty() ? null : seen.putIfAbsent(id, pointer);
    if (first != null) {
      findings.add(
          Rule.IDS_UNIQUE, pointer + "/id", "\"" + id + "\" is the id of " + first + " too");
    }
  }

  /** The material of this id, which from now on counts as used. */
  @Nullable Entry use(String id) {
    Entry entry = byId.get(id);
    if (entry != null) {
      used.add(id);
    }
    return entry;
  }

  /** Who referred to this id before, if anybody did. */
  @Nullable String refer(String id, String pointer) {
    return referredBy.putIfAbsent(id, pointer);
  }

  void reportUnused(Findings findings) {
    byId.forEach((id, entry) -> {
      if (!used.contains(id)) {
        findings.add(Rule.UNUSED_MATERIAL, entry.pointer, "no segment uses \"" + id + "\"");
      }
    });
  }
}
