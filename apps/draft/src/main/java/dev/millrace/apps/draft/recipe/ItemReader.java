package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.Text;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the items of the timeline one by one; how they stand together is checked later. */
final class ItemReader {
  private final Map<String, TrackRequest> tracks;
  private final Map<ItemType, Rule> rules;
  private final EffectReader effects;
  private final SegmentStyles styles;
  private final DecorationReader decorations;
  private final OverlayReader overlays;
  private final FileChoice files;

  ItemReader(
      Map<String, TrackRequest> tracks,
      Map<String, Material> materials,
      Map<ItemType, Rule> rules,
      SegmentStyles styles,
      EffectReader effects,
      Links links) {
    this.tracks = tracks;
    this.rules = rules;
    this.styles = styles;
    this.effects = effects;
    this.decorations = new DecorationReader(effects);
    this.overlays = new OverlayReader(effects);
    this.files = new FileChoice(materials, links);
  }

  /** All items without fault. */
  List<Item> read(Fields testData, Faults faults) {
    List<Item> items = new ArrayList<>();
    int index = 0;
    for (JsonNode node : testData.values("items", Limits.ITEMS)) {
      Fields fields = Fields.of(node, testData.pointer("items") + "/" + index, faults);
      Item item = fields == null ? null : item(index, fields);
      if (item != null) {
        items.add(item);
      }
      index++;
    }
    return items;
  }

  private @Nullable Item item(int index, Fields fields) {
    ItemType type = ItemTypes.read(fields, "type");
    Fields data = fields.object("data");
    fields.free("id");
    fields.done();
    if (data == null) {
      if (!fields.has("data")) {
        fields.fault("data", "missing", "is missing; give the track, the times and what to show");
      }
      return null;
    }
    return type == null ? null : data(index, type, data);
  }

  private @Nullable Item data(int index, ItemType type, Fields data) {
    Rule rule = rules.getOrDefault(type, Rule.plain(type));
    String track = track(data, type, rule);
    if (type.isOverlay()) {
      return overlays.read(index, type, track, rule, data);
    }
    String text = text(data, type);
    FileChoice.File file = files.choose(data, type, rule, text != null);
    Clip usual = usualClip(type, rule, text);
    RawStyle common =
        styles.find(file == null ? null : file.material(), track, type.track(), usual);
    Timing timing =
        Timing.read(
            data,
            type,
            file != null && type != ItemType.IMAGE,
            common == null || common.speed() == null ? 1 : common.speed());
    double volume =
        data.decimalOr(
            "volume",
            0,
            Limits.VOLUME_MAX,
            common == null || common.volume() == null ? 1 : common.volume());
    Clip clip =
        type.track() == TrackType.AUDIO
            ? noClip(data)
            : ClipReader.read(data, common == null ? usual : common.clip());
    TextStyle style = style(data, type, rule, text, effects);
    List<AnimationRequest> animations =
        data.has("animations")
            ? effects.animations(data, "animations")
            : common != null && !common.animations().isEmpty()
                ? common.animations()
                : rule.animations();
    TransitionRequest transition =
        data.has("transitions") ? effects.transitions(data, "transitions") : rule.transition();
    FadeRequest fade = effects.fade(data, "fades");
    List<KeyframeRequest> keyframes =
        data.has("keyframes") || common == null
            ? KeyframeReader.read(data, type.track())
            : common.keyframes();
    Decoration decoration = decorations.read(data, type, clip, keyframes);
    data.free("ext");
    data.done();
    if (fade != null && type.track() != TrackType.AUDIO) {
      refuse(data, "fades", type);
    }
    if (transition != null && type.track() != TrackType.VIDEO) {
      refuse(data, "transitions", type);
    }
    if (track == null || timing == null) {
      return null;
    }
    return new Item(
        index,
        type,
        track,
        file == null ? null : file.url(),
        file == null ? null : file.name(),
        text,
        timing.startMicros(),
        timing.durationMicros(),
        timing.sourceStartMicros(),
        timing.speed(),
        volume,
        clip,
        style,
        animations,
        transition,
        fade,
        decoration,
        null);
  }

  private @Nullable String track(Fields data, ItemType type, Rule rule) {
    String id = data.has("track") ? data.text("track", Limits.TITLE) : rule.track();
    if (id == null) {
      if (!data.has("track")) {
        data.fault("track", "missing", "is missing; give the id of a track in testData.tracks");
      }
      return null;
    }
    TrackRequest track = tracks.get(id);
    if (track == null) {
      data.fault(
          "track",
          "unknown-track",
          () ->
              "there is no track \""
                  + id
                  + "\"; "
                  + (tracks.isEmpty()
                      ? "add it to testData.tracks"
                      : "did you mean " + Nearest.sentence(id, tracks.keySet()) + "?"));
      return null;
    }
    if (track.type() != type.track()) {
      data.fault(
          "track",
          "wrong-track",
          "\""
              + id
              + "\" is a track for "
              + track.type().word()
              + ", but \""
              + type.word()
              + "\" goes on one for "
              + type.track().word());
      return null;
    }
    return id;
  }

  private static @Nullable String text(Fields data, ItemType type) {
    String text = data.text("text", Limits.TEXT);
    if (text == null || text.isBlank()) {
      return null;
    }
    if (type.track() != TrackType.TEXT) {
      refuse(data, "text", type);
      return null;
    }
    return text;
  }

  /** What is no picture stands in the middle, unless it is a subtitle. */
  private static @Nullable Clip usualClip(ItemType type, Rule rule, @Nullable String text) {
    boolean subtitle =
        type == ItemType.SUBTITLE || (type.track() == TrackType.TEXT && text == null);
    return rule.clip() == null && subtitle ? Clip.SUBTITLE : rule.clip();
  }

  private static @Nullable Clip noClip(Fields data) {
    for (String name : List.of("clip", "x", "y", "scale")) {
      if (data.has(name)) {
        data.fault(name, "does-not-apply", "means nothing for a sound; leave it out");
      }
    }
    return null;
  }

  private static @Nullable TextStyle style(
      Fields data, ItemType type, Rule rule, @Nullable String text, EffectReader effects) {
    if (type.track() != TrackType.TEXT) {
      if (data.has("style")) {
        refuse(data, "style", type);
      }
      return null;
    }
    boolean centred = type == ItemType.SUBTITLE || text == null;
    TextStyle base = rule.style() == null && text == null ? TextStyle.SUBTITLES : rule.style();
    TextStyle style = StyleReader.read(data, base, centred, effects);
    if (style != null && !style.spans().isEmpty()) {
      Text.Span last = style.spans().getLast();
      int length = text == null ? 0 : text.codePointCount(0, text.length());
      if (data.has("style") && last.end() > length) {
        data.fault(
            "style",
            "text-range",
            "has a range up to "
                + last.end()
                + ", but the text has "
                + length
                + " characters (code points)");
      }
    }
    return style;
  }

  private static void refuse(Fields data, String name, ItemType type) {
    data.fault(name, "does-not-apply", "means nothing for \"" + type.word() + "\"; leave it out");
  }
}
