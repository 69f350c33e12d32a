package dev.millrace.apps.draft.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a draft of client 5.9 holds when nobody asked for anything else. */
final class Defaults {
  /** The settings under {@code config}. */
  static final Map<String, JsonNode> CONFIG = config();

  /** All lists under {@code materials}; the client expects each of them, empty or not. */
  static final List<String> MATERIAL_LISTS =
      List.of(
          "ai_translates",
          "audio_balances",
          "audio_effects",
          "audio_fades",
          "audio_track_indexes",
          "audios",
          "beats",
          "canvases",
          "chromas",
          "color_curves",
          "digital_humans",
          "drafts",
          "effects",
          "flowers",
          "green_screens",
          "handwrites",
          "hsl",
          "images",
          "log_color_wheels",
          "loudnesses",
          "manual_deformations",
          "masks",
          "material_animations",
          "material_colors",
          "multi_language_refs",
          "placeholders",
          "plugin_effects",
          "primary_color_wheels",
          "realtime_denoises",
          "shapes",
          "smart_crops",
          "smart_relights",
          "sound_channel_mappings",
          "speeds",
          "stickers",
          "tail_leaders",
          "text_templates",
          "texts",
          "time_marks",
          "transitions",
          "video_effects",
          "video_trackings",
          "videos",
          "vocal_beautifys",
          "vocal_separations");

  private Defaults() {}

  private static Map<String, JsonNode> config() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    TreeMap<String, JsonNode> config = new TreeMap<>();
    for (String name : List.of("lyrics_sync", "maintrack_adsorb", "subtitle_sync")) {
      config.put(name, nodes.booleanNode(true));
    }
    config.put("video_mute", nodes.booleanNode(false));
    for (String name :
        List.of(
            "adjust_max_index",
            "combination_max_index",
            "extract_audio_last_index",
            "original_sound_last_index",
            "record_audio_last_index",
            "sticker_max_index")) {
      config.put(name, nodes.numberNode(1));
    }
    config.put("material_save_mode", nodes.numberNode(0));
    for (String name :
        List.of(
            "attachment_info",
            "lyrics_taskinfo",
            "multi_language_list",
            "subtitle_taskinfo",
            "system_font_list")) {
      config.put(name, nodes.arrayNode());
    }
    for (String name : List.of("export_range", "subtitle_keywords_config", "zoom_info_params")) {
      config.put(name, nodes.nullNode());
    }
    for (String name : List.of("lyrics_recognition_id", "subtitle_recognition_id")) {
      config.put(name, nodes.stringNode(""));
    }
    for (String name :
        List.of("multi_language_current", "multi_language_main", "multi_language_mode")) {
      config.put(name, nodes.stringNode("none"));
    }
    return java.util.Collections.unmodifiableMap(config);
  }
}
