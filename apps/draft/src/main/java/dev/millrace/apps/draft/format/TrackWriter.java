package dev.millrace.apps.draft.format;

/** Writes a track with its segments. */
final class TrackWriter {
  private TrackWriter() {}

  static void write(Track track, JsonOut json) {
    json.object(() ->
        json.whole("attribute", track.muted() ? 1 : 0)
            .whole("flag", 0)
            .text("id", track.id())
            .flag("is_default_name", track.name().isEmpty())
            .text("name", track.name())
            .list(
                "segments",
                () -> {
                  for (Segment segment : track.segments()) {
                    json.object(() -> segment(track, segment, json));
                  }
                })
            .text("type", track.type().word()));
  }

  /** Effects and filters have neither a place nor a source, and nothing is attached to them. */
  private static void segment(Track track, Segment segment, JsonOut json) {
    boolean plain = track.type() == TrackType.EFFECT || track.type() == TrackType.FILTER;
    if (!plain) {
      clip(segment, json);
    }
    CurveWriter.write(segment.attachments().curves(), json);
    json.flags(true, "enable_adjust")
        .flags(false, "enable_color_correct_adjust")
        .flags(true, "enable_color_curves")
        .flags(false, "enable_color_match_adjust")
        .flags(true, "enable_color_wheels", "enable_lut")
        .flags(false, "enable_smart_color_adjust");
    if (!plain) {
      media(track, segment, json);
    }
    json.text("id", segment.id())
        .emptyLists("keyframe_refs")
        .decimal("last_nonzero_volume", 1)
        .text("material_id", segment.materialId())
        .whole("render_index", track.renderIndex())
        .flag("reverse", false)
        .range("target_timerange", segment.target())
        .whole("track_attribute", 0)
        .whole("track_render_index", 0)
        .flag("visible", true);
  }

  private static void media(Track track, Segment segment, JsonOut json) {
    json.list("extra_material_refs", () -> refs(segment, json));
    if (track.type() == TrackType.VIDEO) {
      json.object(
          "hdr_settings", () -> json.decimal("intensity", 1).whole("mode", 1).whole("nits", 1000));
    } else if (track.type() == TrackType.AUDIO) {
      json.nulls("hdr_settings");
    }
    json.flag("is_tone_modify", false);
    if (segment.source() == null) {
      json.nulls("source_timerange");
    } else {
      json.range("source_timerange", segment.source());
    }
    json.decimal("speed", segment.speed()).decimal("volume", segment.volume());
  }

  private static void clip(Segment segment, JsonOut json) {
    Clip clip = segment.clip();
    if (clip == null) {
      json.nulls("clip");
      return;
    }
    json.object(
            "clip",
            () ->
                json.decimal("alpha", clip.alpha())
                    .object(
                        "flip",
                        () ->
                            json.flag("horizontal", clip.flipHorizontal())
                                .flag("vertical", clip.flipVertical()))
                    .decimal("rotation", clip.rotation())
                    .object(
                        "scale", () -> json.decimal("x", clip.scaleX()).decimal("y", clip.scaleY()))
                    .object("transform", () -> json.decimal("x", clip.x()).decimal("y", clip.y())))
        .object("uniform_scale", () -> json.flag("on", uniform(segment, clip)).decimal("value", 1));
  }

  /** Whether the sides are tied: keyframes decide where there are some for the scale. */
  private static boolean uniform(Segment segment, Clip clip) {
    boolean tied = clip.scaleX() == clip.scaleY();
    for (Curve curve : segment.attachments().curves()) {
      tied = curve.property().ties(tied);
    }
    return tied;
  }

  /** The client expects speed first, then what shapes the cut, then what changes the look. */
  private static void refs(Segment segment, JsonOut json) {
    if (segment.speedId() != null) {
      json.item(segment.speedId());
    }
    if (segment.transition() != null) {
      json.item(segment.transition().id());
    }
    if (segment.fade() != null) {
      json.item(segment.fade().id());
    }
    Attachments attachments = segment.attachments();
    if (attachments.background() != null) {
      json.item(attachments.background().id());
    }
    if (segment.animations() != null) {
      json.item(segment.animations().id());
    }
    if (attachments.mask() != null) {
      json.item(attachments.mask().id());
    }
    attachments.overlays().forEach(overlay -> json.item(overlay.id()));
  }
}
