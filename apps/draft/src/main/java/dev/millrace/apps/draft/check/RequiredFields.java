package dev.millrace.apps.draft.check;

import dev.millrace.apps.draft.format.ContentWriter;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Looks for the fields without which the client, or a library that loads drafts, fails. */
final class RequiredFields {
  /** The lists of what comes from the client's library. */
  private static final List<String> LIBRARY =
      List.of("transitions", "masks", "effects", "video_effects", "audio_effects", "stickers");

  private RequiredFields() {}

  static void check(JsonNode content, Findings findings) {
    need(content, "", "id", JsonNode::isString, findings);
    need(content, "", "canvas_config", JsonNode::isObject, findings);
    need(content, "", "duration", JsonNode::isNumber, findings);
    need(content, "", "fps", JsonNode::isNumber, findings);
    need(content, "", "config", JsonNode::isObject, findings);
    need(content, "", "materials", JsonNode::isObject, findings);
    need(content, "", "tracks", JsonNode::isArray, findings);
    need(content, "", "keyframes", JsonNode::isObject, findings);
    need(content, "", "platform", JsonNode::isObject, findings);
    need(content, "", "version", JsonNode::isNumber, findings);
    need(content, "", "new_version", JsonNode::isString, findings);
    canvas(content, findings);
    JsonNode config = content.path("config");
    if (config.isObject()) {
      need(config, "/config", "maintrack_adsorb", JsonNode::isBoolean, findings);
    }
    for (String list : ContentWriter.materialLists()) {
      if (!content.path("materials").path(list).isArray()) {
        findings.add(Rule.LIST_REQUIRED, "/materials/" + list, "is missing or no list");
      }
    }
    materials(content.path("materials"), findings);
    tracks(content.path("tracks"), findings);
  }

  private static void canvas(JsonNode content, Findings findings) {
    JsonNode canvas = content.path("canvas_config");
    if (!canvas.isObject()) {
      return;
    }
    for (String side : List.of("width", "height")) {
      need(canvas, "/canvas_config", side, JsonNode::isIntegralNumber, findings);
      if (canvas.path(side).isNumber() && canvas.path(side).asLong() <= 0) {
        findings.add(Rule.CANVAS_SANE, "/canvas_config/" + side, "is " + canvas.path(side));
      }
    }
    need(canvas, "/canvas_config", "ratio", JsonNode::isString, findings);
    if (content.path("fps").isNumber() && !(content.path("fps").asDouble() > 0)) {
      findings.add(Rule.CANVAS_SANE, "/fps", "is " + content.path("fps"));
    }
  }

  private static void materials(JsonNode materials, Findings findings) {
    each(
        materials,
        "videos",
        List.of("id", "material_name", "path", "type"),
        List.of("duration", "width", "height"),
        findings);
    each(materials, "audios", List.of("id", "name", "path", "type"), List.of("duration"), findings);
    each(materials, "texts", List.of("id", "content", "type"), List.of("alignment"), findings);
    each(materials, "speeds", List.of("id", "type"), List.of("speed"), findings);
    each(
        materials,
        "transitions",
        List.of("id", "name", "effect_id", "resource_id", "type"),
        List.of("duration"),
        findings);
    each(
        materials,
        "audio_fades",
        List.of("id", "type"),
        List.of("fade_in_duration", "fade_out_duration"),
        findings);
    each(materials, "material_animations", List.of("id", "type"), List.of(), findings);
    each(materials, "canvases", List.of("id", "type"), List.of(), findings);
    each(materials, "masks", List.of("id", "type", "resource_type"), List.of(), findings);
    each(materials, "effects", List.of("id", "type", "name"), List.of("value"), findings);
    each(materials, "video_effects", List.of("id", "type", "name"), List.of(), findings);
    each(materials, "audio_effects", List.of("id", "type", "name"), List.of(), findings);
    each(materials, "stickers", List.of("id", "type"), List.of(), findings);
    for (String list : LIBRARY) {
      ids(materials, list, findings);
    }
  }

  /** Without the client's id there is nothing that it could show. */
  private static void ids(JsonNode materials, String list, Findings findings) {
    int index = 0;
    for (JsonNode material : materials.path(list)) {
      String pointer = "/materials/" + list + "/" + index++ + "/resource_id";
      JsonNode id = material.path("resource_id");
      if (!id.isString() || id.stringValue().isBlank()) {
        findings.add(Rule.EFFECT_IDS, pointer, "is " + brief(id));
      }
    }
  }

  private static void each(
      JsonNode materials,
      String list,
      List<String> texts,
      List<String> numbers,
      Findings findings) {
    int index = 0;
    for (JsonNode material : materials.path(list)) {
      String pointer = "/materials/" + list + "/" + index++;
      texts.forEach(name -> need(material, pointer, name, JsonNode::isString, findings));
      numbers.forEach(name -> need(material, pointer, name, JsonNode::isNumber, findings));
    }
  }

  private static void tracks(JsonNode tracks, Findings findings) {
    int index = 0;
    for (JsonNode track : tracks) {
      String pointer = "/tracks/" + index++;
      for (String name : List.of("id", "name", "type")) {
        need(track, pointer, name, JsonNode::isString, findings);
      }
      need(track, pointer, "segments", JsonNode::isArray, findings);
      need(track, pointer, "attribute", JsonNode::isIntegralNumber, findings);
      int number = 0;
      for (JsonNode segment : track.path("segments")) {
        segment(segment, pointer + "/segments/" + number++, track, findings);
      }
    }
  }

  private static void segment(JsonNode segment, String pointer, JsonNode track, Findings findings) {
    need(segment, pointer, "id", JsonNode::isString, findings);
    need(segment, pointer, "material_id", JsonNode::isString, findings);
    need(segment, pointer, "target_timerange", JsonNode::isObject, findings);
    need(segment, pointer, "render_index", JsonNode::isIntegralNumber, findings);
    need(segment, pointer, "common_keyframes", JsonNode::isArray, findings);
    String type = track.path("type").asString("");
    if (type.equals("video") || type.equals("audio")) {
      need(segment, pointer, "source_timerange", JsonNode::isObject, findings);
    }
    if (type.equals("video")
        || type.equals("audio")
        || type.equals("text")
        || type.equals("sticker")) {
      need(segment, pointer, "speed", JsonNode::isNumber, findings);
      need(segment, pointer, "volume", JsonNode::isNumber, findings);
      need(segment, pointer, "extra_material_refs", JsonNode::isArray, findings);
    }
  }

  private static void need(
      JsonNode owner, String pointer, String name, Predicate<JsonNode> kind, Findings findings) {
    JsonNode value = owner.path(name);
    if (!kind.test(value)) {
      findings.add(
          Rule.FIELD_REQUIRED,
          pointer + "/" + name,
          value.isMissingNode() ? "is missing" : "is of another kind: " + brief(value));
    }
  }

  static String brief(JsonNode value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
  }
}
