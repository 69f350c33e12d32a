package dev.millrace.apps.draft.format;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Writes {@code draft_content.json}, which macOS calls {@code draft_info.json}: the template of a
 * draft saved by client 5.9, filled from a {@link Draft}. Thread-safe.
 *
 * <p>Newer clients still open it, because only what they save themselves is encrypted.
 */
public final class ContentWriter {
  private ContentWriter() {}

  /** The settings that a draft has under {@code config} if nobody changes them. Unmodifiable. */
  public static Map<String, JsonNode> usualConfig() {
    return Defaults.CONFIG;
  }

  /** The names of all lists of materials that a draft has, empty or not. */
  public static List<String> materialLists() {
    return Defaults.MATERIAL_LISTS;
  }

  /** Writes the whole document as UTF-8 and leaves {@code out} open. */
  public static void write(Draft draft, OutputStream out) {
    JsonGenerator generator = Documents.open(out);
    try (generator) {
      JsonOut json = new JsonOut(generator);
      json.object(() -> document(draft, json));
    }
  }

  private static void document(Draft draft, JsonOut json) {
    json.object(
            "canvas_config",
            () ->
                json.whole("height", draft.canvas().height())
                    .text("ratio", draft.canvas().ratio())
                    .whole("width", draft.canvas().width()))
        .whole("color_space", 0)
        .object("config", () -> config(draft, json))
        .nulls("cover")
        .whole("create_time", 0)
        .whole("duration", draft.durationMicros())
        .nulls("extra_info")
        .decimal("fps", draft.fps())
        .flags(false, "free_render_index_mode_on", "render_index_track_mode_on")
        .nulls("group_container")
        .text("id", draft.id())
        .emptyLists("keyframe_graph_list")
        .object(
            "keyframes",
            () ->
                json.emptyLists(
                    "adjusts",
                    "audios",
                    "effects",
                    "filters",
                    "handwrites",
                    "stickers",
                    "texts",
                    "videos"))
        .object("last_modified_platform", () -> platform(json))
        .object("materials", () -> new MaterialsWriter(draft, json).write())
        .nulls("mutable_config")
        .blanks("name")
        .text("new_version", "110.0.0")
        .object("platform", () -> platform(json))
        .emptyLists("relationships")
        .nulls("retouch_cover")
        .text("source", "default")
        .blanks("static_cover_image_path")
        .nulls("time_marks")
        .list("tracks", () -> draft.tracks().forEach(track -> TrackWriter.write(track, json)))
        .whole("update_time", 0)
        .whole("version", 360_000);
  }

  private static void platform(JsonOut json) {
    json.whole("app_id", 3704)
        .text("app_source", "lv")
        .text("app_version", "5.9.0")
        .text("os", "windows");
  }

  /** The client's settings of a draft; what the recipe sets itself comes last and only once. */
  private static void config(Draft draft, JsonOut json) {
    TreeMap<String, JsonNode> settings = new TreeMap<>(Defaults.CONFIG);
    settings.putAll(draft.config());
    settings.forEach(json::tree);
  }
}
