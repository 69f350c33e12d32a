package dev.millrace.apps.draft.format;

import java.util.function.Consumer;

/** Writes all material lists of a draft in one pass a list. */
final class MaterialsWriter {
  private final Draft draft;
  private final JsonOut json;
  private final OverlayWriter overlays;

  MaterialsWriter(Draft draft, JsonOut json) {
    this.draft = draft;
    this.json = json;
    this.overlays = new OverlayWriter(json);
  }

  void write() {
    for (String list : Defaults.MATERIAL_LISTS) {
      json.list(list, () -> items(list));
    }
  }

  private void items(String list) {
    switch (list) {
      case "videos" -> media(true);
      case "audios" -> media(false);
      case "texts" ->
          draft.texts().forEach(text -> json.object(() -> TextWriter.write(text, json)));
      case "speeds" -> segments(this::speed);
      case "transitions" -> segments(this::transition);
      case "audio_fades" -> segments(this::fade);
      case "canvases" -> segments(this::background);
      case "masks" -> segments(this::mask);
      case "effects", "video_effects", "audio_effects", "stickers" -> {
        segments(segment ->
            segment.attachments().overlays().forEach(overlay -> overlays.write(list, overlay)));
        draft.overlays().forEach(overlay -> overlays.write(list, overlay));
      }
      case "material_animations" -> {
        for (Track track : draft.tracks()) {
          track.segments().forEach(segment -> animations(track, segment));
        }
      }
      default -> {
        // Stays empty: nothing in a recipe makes one of these.
      }
    }
  }

  private void segments(Consumer<Segment> writer) {
    draft.tracks().forEach(track -> track.segments().forEach(writer));
  }

  private void media(boolean visual) {
    for (Media media : draft.media()) {
      if (visual != (media.kind() == Media.Kind.AUDIO)) {
        json.object(() -> {
          if (visual) {
            visual(media);
          } else {
            audio(media);
          }
        });
      }
    }
  }

  private void visual(Media media) {
    json.nulls("audio_fade")
        .blanks("category_id")
        .text("category_name", "local")
        .whole("check_flag", 63_487)
        .object("crop", this::uncropped)
        .text("crop_ratio", "free")
        .decimal("crop_scale", 1)
        .whole("duration", media.durationMicros())
        .flag("has_audio", media.hasAudio())
        .whole("height", media.height())
        .text("id", media.id())
        .blanks("local_material_id")
        .text("material_id", media.id())
        .text("material_name", media.fileName())
        .blanks("media_path")
        .text("path", media.path())
        .text("type", media.kind() == Media.Kind.PHOTO ? "photo" : "video")
        .whole("width", media.width());
  }

  private void uncropped() {
    json.decimal("upper_left_x", 0)
        .decimal("upper_left_y", 0)
        .decimal("upper_right_x", 1)
        .decimal("upper_right_y", 0)
        .decimal("lower_left_x", 0)
        .decimal("lower_left_y", 1)
        .decimal("lower_right_x", 1)
        .decimal("lower_right_y", 1);
  }

  private void audio(Media media) {
    json.whole("app_id", 0)
        .blanks("category_id")
        .text("category_name", "local")
        .whole("check_flag", 3)
        .text("copyright_limit_type", "none")
        .whole("duration", media.durationMicros())
        .blanks("effect_id", "formula_id")
        .text("id", media.id())
        .text("local_material_id", media.id())
        .text("music_id", media.id())
        .text("name", media.fileName())
        .text("path", media.path())
        .whole("source_platform", 0)
        .text("type", "extract_music")
        .emptyLists("wave_points");
  }

  private void speed(Segment segment) {
    String id = segment.speedId();
    if (id != null) {
      json.object(() -> speed(id, segment.speed(), json));
    }
  }

  static void speed(String id, double speed, JsonOut json) {
    json.nulls("curve_speed")
        .text("id", id)
        .whole("mode", 0)
        .decimal("speed", speed)
        .text("type", "speed");
  }

  private void background(Segment segment) {
    Background background = segment.attachments().background();
    if (background != null) {
      String color = background.color();
      json.object(() ->
          json.decimal("blur", background.blur())
              .text("color", color == null ? "#00000000" : color)
              .text("id", background.id())
              .whole("source_platform", 0)
              .text("type", color == null ? "canvas_blur" : "canvas_color"));
    }
  }

  private void mask(Segment segment) {
    Mask mask = segment.attachments().mask();
    if (mask != null) {
      json.object(() ->
          json.object(
                  "config",
                  () ->
                      json.decimal("aspectRatio", mask.aspectRatio())
                          .decimal("centerX", mask.centerX())
                          .decimal("centerY", mask.centerY())
                          .decimal("feather", mask.feather())
                          .decimal("height", mask.height())
                          .flag("invert", mask.invert())
                          .decimal("rotation", mask.rotation())
                          .decimal("roundCorner", mask.roundCorner())
                          .decimal("width", mask.width()))
              .text("id", mask.id())
              .text("name", mask.name())
              .text("platform", "all")
              .blanks("position_info")
              .text("resource_id", mask.resourceId())
              .text("resource_type", mask.resourceType())
              .text("type", "mask"));
    }
  }

  private void transition(Segment segment) {
    Transition transition = segment.transition();
    if (transition != null) {
      json.object(() ->
          json.blanks("category_id", "category_name")
              .whole("duration", transition.durationMicros())
              .text("effect_id", transition.effectId())
              .text("id", transition.id())
              .flag("is_overlap", transition.overlap())
              .text("name", transition.name())
              .text("platform", "all")
              .text("resource_id", transition.resourceId())
              .text("type", "transition"));
    }
  }

  private void fade(Segment segment) {
    Fade fade = segment.fade();
    if (fade != null) {
      json.object(() ->
          json.whole("fade_in_duration", fade.inMicros())
              .whole("fade_out_duration", fade.outMicros())
              .whole("fade_type", 0)
              .text("id", fade.id())
              .text("type", "audio_fade"));
    }
  }

  private void animations(Track track, Segment segment) {
    Animations set = segment.animations();
    if (set != null) {
      json.object(() -> animations(track.type(), set, json));
    }
  }

  static void animations(TrackType track, Animations set, JsonOut json) {
    json.list("animations", () -> set.animations().forEach(one -> animation(track, one, json)))
        .text("id", set.id())
        .text("multi_language_current", "none")
        .text("type", "sticker_animation");
  }

  private static void animation(TrackType type, Animations.Animation animation, JsonOut json) {
    boolean text = type == TrackType.TEXT;
    json.object(() ->
        json.nulls("anim_adjust_params")
            .whole("duration", animation.durationMicros())
            .text("id", animation.effectId())
            .text("material_type", text ? "sticker" : "video")
            .text("name", animation.name())
            .text("panel", text ? "" : "video")
            .text("platform", "all")
            .text("resource_id", animation.resourceId())
            .whole("start", animation.startMicros())
            .text("type", animation.phase().word()));
  }
}
