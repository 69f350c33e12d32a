package dev.millrace.apps.draft.repair;

import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.format.ContentWriter;
import dev.millrace.apps.draft.timeline.DraftIds;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds fields and lists that are missing, with what the client writes there when nothing is set.
 */
final class FieldRepairs {
  private static final String PLATFORM =
      "{\"app_id\":3704,\"app_source\":\"lv\",\"app_version\":\"5.9.0\",\"os\":\"windows\"}";

  private static final String KEYFRAMES =
      "{\"adjusts\":[],\"audios\":[],\"effects\":[],\"filters\":[],\"handwrites\":[],"
          + "\"stickers\":[],\"texts\":[],\"videos\":[]}";

  private final DraftDocument draft;
  private final Changes changes;

  private FieldRepairs(DraftDocument draft, Changes changes) {
    this.draft = draft;
    this.changes = changes;
  }

  static void apply(DraftDocument draft, Changes changes) {
    FieldRepairs repairs = new FieldRepairs(draft, changes);
    if (changes.wants(Rule.FIELD_REQUIRED)) {
      repairs.top();
      repairs.tracks();
    }
    if (changes.wants(Rule.LIST_REQUIRED)) {
      repairs.lists();
    }
    if (changes.wants(Rule.IDS_UNIQUE)) {
      repairs.ids();
    }
  }

  private void top() {
    ObjectNode content = draft.content();
    absent(content, "", "id", "\"" + DraftIds.fresh().get() + "\"");
    absent(content, "", "config", "{}");
    absent(content, "", "keyframes", KEYFRAMES);
    absent(content, "", "platform", PLATFORM);
    absent(content, "", "version", "360000");
    absent(content, "", "new_version", "\"110.0.0\"");
    absent(content, "", "duration", "0");
    if (content.get("config") instanceof ObjectNode config) {
      absent(config, "/config", "maintrack_adsorb", "true");
    }
    if (content.get("canvas_config") instanceof ObjectNode canvas) {
      absent(canvas, "/canvas_config", "ratio", "\"original\"");
    }
  }

  private void tracks() {
    Supplier<String> ids = DraftIds.fresh();
    int index = 0;
    for (ObjectNode track : draft.tracks()) {
      String pointer = "/tracks/" + index++;
      absent(track, pointer, "id", "\"" + ids.get() + "\"");
      absent(track, pointer, "name", "\"\"");
      absent(track, pointer, "attribute", "0");
      absent(track, pointer, "segments", "[]");
      String type = track.path("type").asString("");
      boolean plays = Set.of("video", "audio", "text").contains(type);
      int number = 0;
      for (ObjectNode segment : DraftDocument.segments(track)) {
        String at = pointer + "/segments/" + number++;
        absent(segment, at, "id", "\"" + ids.get() + "\"");
        absent(segment, at, "common_keyframes", "[]");
        if (plays) {
          absent(segment, at, "speed", "1.0");
          absent(segment, at, "volume", "1.0");
          absent(segment, at, "extra_material_refs", "[]");
        }
      }
    }
  }

  private void lists() {
    ObjectNode materials = (ObjectNode) draft.content().get("materials");
    for (String list : ContentWriter.materialLists()) {
      JsonNode there = materials.path(list);
      if (there.isMissingNode() || there.isNull()) {
        materials.putArray(list);
        changes.add(Rule.LIST_REQUIRED, "/materials/" + list, "is added, empty");
      }
    }
  }

  /** Nothing refers to tracks and segments, so that the later of two can have another id. */
  private void ids() {
    Supplier<String> ids = DraftIds.fresh();
    Set<String> seen = new HashSet<>();
    draft
        .content()
        .path("materials")
        .forEach(list -> list.forEach(node -> seen.add(node.path("id").asString(""))));
    int index = 0;
    for (ObjectNode track : draft.tracks()) {
      String pointer = "/tracks/" + index++;
      unique(track, pointer, seen, ids);
      int number = 0;
      for (ObjectNode segment : DraftDocument.segments(track)) {
        unique(segment, pointer + "/segments/" + number++, seen, ids);
      }
    }
  }

  private void unique(ObjectNode owner, String pointer, Set<String> seen, Supplier<String> ids) {
    String id = owner.path("id").asString("");
    if (!id.isEmpty() && !seen.add(id)) {
      owner.put("id", ids.get());
      changes.add(
          Rule.IDS_UNIQUE, pointer + "/id", "becomes another id, because \"" + id + "\" is taken");
    }
  }

  private void absent(ObjectNode owner, String pointer, String field, String json) {
    JsonNode there = owner.path(field);
    if (there.isMissingNode() || there.isNull()) {
      owner.set(field, JsonMapper.shared().readTree(json));
      changes.add(Rule.FIELD_REQUIRED, pointer + "/" + field, "is added as " + json);
    }
  }
}
