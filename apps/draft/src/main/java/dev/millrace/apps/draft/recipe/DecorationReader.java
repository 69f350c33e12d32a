package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Effect;
import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.KeyframeProperty;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what an item carries: keyframes, background, mask, filters, effects. */
final class DecorationReader {
  /** The four steps of the client's blur. */
  private static final double[] BLURS = {0.0625, 0.375, 0.75, 1.0};

  private static final double FARTHEST = 100;

  private final EffectReader effects;

  DecorationReader(EffectReader effects) {
    this.effects = effects;
  }

  /**
   * What {@code data} of an item on a track for video, audio or text carries.
   *
   * @param keyframes what moves, whoever said so
   */
  Decoration read(
      Fields data, ItemType type, @Nullable Clip clip, List<KeyframeRequest> keyframes) {
    uniform(data, clip, keyframes);
    boolean video = type.track() == TrackType.VIDEO;
    boolean audio = type.track() == TrackType.AUDIO;
    boolean text = type.track() == TrackType.TEXT;
    return new Decoration(
        keyframes,
        applies(data, "background", video, type) ? background(data) : null,
        applies(data, "mask", video, type) ? mask(data) : null,
        applies(data, "filters", video, type) ? filters(data) : List.of(),
        applies(data, "effects", video || audio, type) ? effects(data, audio) : List.of(),
        applies(data, "bubble", text, type) ? textEffect(data, "bubble", EffectKind.BUBBLE) : null,
        applies(data, "flower", text, type) ? textEffect(data, "flower", EffectKind.FLOWER) : null);
  }

  /** Whether a field is there; a fault if it is and means nothing. */
  private static boolean applies(Fields data, String name, boolean meant, ItemType type) {
    if (!data.has(name)) {
      return false;
    }
    if (!meant) {
      data.fault(name, "does-not-apply", "means nothing for \"" + type.word() + "\"; leave it out");
    }
    return meant;
  }

  /** Both sides scale together only from a clip whose sides are scaled alike. */
  static void uniform(Fields data, @Nullable Clip clip, List<KeyframeRequest> keyframes) {
    boolean together =
        keyframes.stream().anyMatch(each -> each.property() == KeyframeProperty.UNIFORM_SCALE);
    if (together && clip != null && clip.scaleX() != clip.scaleY()) {
      data.fault(
          "keyframes",
          "keyframe-clash",
          "move uniform_scale, but the clip is scaled by "
              + clip.scaleX()
              + " and "
              + clip.scaleY()
              + "; scale both sides alike, or move scale_x and scale_y");
    }
  }

  private static @Nullable BackgroundRequest background(Fields data) {
    Fields fields = data.object("background");
    if (fields == null) {
      return null;
    }
    Integer blur = fields.whole("blur", 1, BLURS.length);
    String color = color(fields);
    fields.done();
    if (fields.has("blur") == fields.has("color")) {
      fields.fault("", "missing", "needs either blur, from 1 to 4, or a color such as \"#000000\"");
      return null;
    }
    return new BackgroundRequest(blur == null ? 0 : BLURS[blur - 1], color);
  }

  /** With an opacity behind it if one is given. */
  private static @Nullable String color(Fields fields) {
    JsonNode given = fields.raw("color");
    String text = given == null ? "" : given.asString("");
    if (text.matches("#[0-9A-Fa-f]{8}")) {
      return text.toUpperCase(Locale.ROOT);
    }
    Integer color = fields.color("color");
    return color == null ? null : "#%06XFF".formatted(color);
  }

  private @Nullable MaskRequest mask(Fields data) {
    Fields fields = data.object("mask");
    if (fields == null) {
      return null;
    }
    Effect effect = effects.effect(fields, EffectKind.MASK);
    double size = fields.decimalOr("size", 0.001, 10, 0.5);
    Double width = fields.decimal("width", 0.001, 10);
    double aspectRatio = fields.decimalOr("aspectRatio", 0.001, 1_000, 1);
    double x = fields.decimalOr("centerX", -FARTHEST, FARTHEST, 0);
    double y = fields.decimalOr("centerY", -FARTHEST, FARTHEST, 0);
    double rotation = fields.decimalOr("rotation", -36_000, 36_000, 0);
    double feather = fields.decimalOr("feather", 0, 1, 0);
    double roundCorner = fields.decimalOr("roundCorner", 0, 1, 0);
    boolean invert = fields.flagOr("invert", false);
    fields.done();
    if (width != null && fields.has("aspectRatio")) {
      fields.fault("width", "does-not-apply", "follows from size and aspectRatio; leave one out");
    }
    return effect == null
        ? null
        : new MaskRequest(
            effect, size, width, aspectRatio, x, y, rotation, feather, roundCorner, invert);
  }

  private List<EffectRequest> filters(Fields data) {
    List<EffectRequest> filters = new ArrayList<>();
    for (Fields fields : data.objects("filters", Limits.EFFECTS)) {
      EffectRequest filter = effects.adjusted(fields, EffectKind.FILTER, true);
      fields.done();
      if (filter != null) {
        filters.add(filter);
      }
    }
    return filters;
  }

  private List<EffectRequest> effects(Fields data, boolean audio) {
    List<String> words = audio ? ItemTypes.AUDIO_EFFECTS : ItemTypes.VIDEO_EFFECTS;
    List<EffectRequest> read = new ArrayList<>();
    for (Fields fields : data.objects("effects", Limits.EFFECTS)) {
      EffectKind kind = EffectReader.kind(fields, "type", words);
      EffectRequest effect = kind == null ? null : effects.adjusted(fields, kind, false);
      if (kind == null) {
        continue;
      }
      fields.done();
      if (effect == null) {
        continue;
      }
      boolean second = audio && read.stream().anyMatch(each -> each.effect().kind() == kind);
      if (second) {
        fields.fault("type", "effect-clash", "is a second " + kind.word() + "; give only one");
      }
      read.add(effect);
    }
    return read;
  }

  private @Nullable Effect textEffect(Fields data, String name, EffectKind kind) {
    Fields fields = data.object(name);
    if (fields == null) {
      return null;
    }
    Effect effect = effects.effect(fields, kind);
    fields.done();
    return effect;
  }
}
