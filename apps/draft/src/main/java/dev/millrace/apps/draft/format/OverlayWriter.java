package dev.millrace.apps.draft.format;

import java.util.List;

/** Writes the materials that come from the client's library, each into the list of its kind. */
final class OverlayWriter {
  private final JsonOut json;

  OverlayWriter(JsonOut json) {
    this.json = json;
  }

  /** Writes {@code overlay} if it belongs into {@code list}. */
  void write(String list, Overlay overlay) {
    if (list.equals(list(overlay))) {
      json.object(() -> {
        switch (overlay) {
          case Overlay.VideoEffect effect -> video(effect);
          case Overlay.Filter filter ->
              filter(
                  "filter",
                  filter.id(),
                  filter.name(),
                  filter.effectId(),
                  filter.resourceId(),
                  filter.strength());
          case Overlay.TextEffect text ->
              filter(
                  text.bubble() ? "text_shape" : "text_effect",
                  text.id(),
                  text.name(),
                  text.effectId(),
                  text.resourceId(),
                  1);
          case Overlay.AudioEffect effect -> audio(effect);
          case Overlay.Sticker sticker -> sticker(sticker);
        }
      });
    }
  }

  private static String list(Overlay overlay) {
    return switch (overlay) {
      case Overlay.VideoEffect _ -> "video_effects";
      case Overlay.Filter _, Overlay.TextEffect _ -> "effects";
      case Overlay.AudioEffect _ -> "audio_effects";
      case Overlay.Sticker _ -> "stickers";
    };
  }

  private void video(Overlay.VideoEffect effect) {
    json.list("adjust_params", () -> sliders(effect.sliders()))
        .whole("apply_target_type", effect.ownTrack() ? 2 : 0)
        .nulls("apply_time_range")
        .blanks("category_id", "category_name")
        .emptyLists("common_keyframes", "disable_effect_faces")
        .text("effect_id", effect.effectId())
        .text("id", effect.id())
        .text("name", effect.name())
        .blanks("path")
        .text("platform", "all")
        .whole("render_index", 11_000)
        .text("resource_id", effect.resourceId())
        .whole("source_platform", 0)
        .nulls("time_range")
        .whole("track_render_index", 0)
        .text("type", effect.face() ? "face_effect" : "video_effect")
        .decimal("value", 1)
        .blanks("version");
  }

  private void filter(
      String type, String id, String name, String effectId, String resourceId, double value) {
    json.emptyLists("adjust_params")
        .whole("apply_target_type", 0)
        .blanks("category_id", "category_name")
        .text("effect_id", effectId)
        .text("id", id)
        .text("name", name)
        .blanks("path")
        .text("platform", "all")
        .text("resource_id", resourceId)
        .whole("source_platform", 1)
        .text("sub_type", "none")
        .nulls("time_range")
        .text("type", type)
        .decimal("value", value)
        .blanks("version");
  }

  private void audio(Overlay.AudioEffect effect) {
    json.list("audio_adjust_params", () -> sliders(effect.sliders()))
        .text("category_id", effect.category().word())
        .blanks("category_name")
        .text("id", effect.id())
        .flag("is_ugc", false)
        .text("name", effect.name())
        .blanks("production_path")
        .text("resource_id", effect.resourceId())
        .blanks("speaker_id")
        .whole("sub_type", effect.category().subType())
        .range("time_range", new TimeRange(0, 0))
        .text("type", "audio_effect");
  }

  private void sticker(Overlay.Sticker sticker) {
    json.text("id", sticker.id())
        .text("resource_id", sticker.resourceId())
        .whole("source_platform", 1)
        .text("sticker_id", sticker.resourceId())
        .text("type", "sticker");
  }

  private void sliders(List<Slider> sliders) {
    for (Slider slider : sliders) {
      json.object(() ->
          json.decimal("default_value", slider.standard())
              .decimal("max_value", slider.max())
              .decimal("min_value", slider.min())
              .text("name", slider.name())
              .whole("parameterIndex", slider.index())
              .whole("portIndex", 0)
              .decimal("value", slider.value()));
    }
  }
}
