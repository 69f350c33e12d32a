package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.Clip;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the pieces of a material have in common on a track, or everywhere. It gives way to what an
 * item says itself, and goes before what its rule says and before what stands in a raw segment.
 */
final class SegmentStyles {
  /** The name that stands for all tracks. */
  private static final String EVERYWHERE = "__default__";

  private final Map<String, Map<String, Style>> byMaterial = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final EffectReader effects;
  private final Faults faults;

  private SegmentStyles(EffectReader effects, Faults faults) {
    this.effects = effects;
    this.faults = faults;
  }

  /** A style as it was sent: how it is read depends on what it is for. */
  private record Style(JsonNode node, String pointer) {
    /** Its fields, once more; what is wrong with them was told the first time. */
    Fields fields() {
      Fields fields = Fields.of(node, pointer, new Faults());
      if (fields == null) {
        throw new IllegalStateException(pointer + " was an object; this is a bug");
      }
      return fields;
    }
  }

  static SegmentStyles read(
      Fields root, Set<String> materials, Set<String> tracks, EffectReader effects, Faults faults) {
    SegmentStyles styles = new SegmentStyles(effects, faults);
    Fields all = root.object("segmentStyles");
    if (all == null) {
      return styles;
    }
    if (all.properties().size() > Limits.MATERIALS) {
      root.fault("segmentStyles", "too-many", "style more than " + Limits.MATERIALS + " materials");
      return styles;
    }
    for (Map.Entry<String, JsonNode> material : all.properties()) {
      String id = material.getKey();
      Fields byTrack = all.object(id);
      if (!materials.contains(id)) {
        all.fault(id, "unknown-material", () -> unknown("material", id, materials));
      }
      if (byTrack != null) {
        styles.byMaterial.put(id, styles.tracks(byTrack, tracks));
      }
    }
    return styles;
  }

  private Map<String, Style> tracks(Fields byTrack, Set<String> tracks) {
    Map<String, Style> styles = new HashMap<>();
    for (Map.Entry<String, JsonNode> style : byTrack.properties()) {
      String id = style.getKey();
      Fields fields = byTrack.object(id);
      if (!id.equals(EVERYWHERE) && !tracks.contains(id)) {
        byTrack.fault(
            id,
            "unknown-track",
            () -> unknown("track", id, tracks) + " \"" + EVERYWHERE + "\" means all tracks");
      }
      if (fields != null) {
        check(fields);
        styles.put(id, new Style(style.getValue(), byTrack.pointer(id)));
      }
    }
    return styles;
  }

  private static String unknown(String what, String id, Set<String> known) {
    return "there is no "
        + what
        + " \""
        + id
        + "\""
        + (known.isEmpty() ? ";" : "; did you mean " + Nearest.sentence(id, known) + "?");
  }

  private void check(Fields fields) {
    var _ = ClipReader.read(fields, null);
    var _ = fields.decimal("volume", 0, Limits.VOLUME_MAX);
    var _ = fields.decimal("speed", Limits.SPEED_MIN, Limits.SPEED_MAX);
    var _ = effects.animations(fields, "animations");
    var _ = KeyframeReader.read(fields, null);
    fields.done();
  }

  /** The styles that hold, the one that holds least first. */
  private List<Style> of(@Nullable String material, @Nullable String track) {
    Map<String, Style> byTrack = material == null ? null : byMaterial.get(material);
    if (byTrack == null) {
      return List.of();
    }
    List<Style> styles = new ArrayList<>(2);
    Style everywhere = byTrack.get(EVERYWHERE);
    if (everywhere != null) {
      styles.add(everywhere);
    }
    Style own = track == null ? null : byTrack.get(track);
    if (own != null && !EVERYWHERE.equals(track)) {
      styles.add(own);
    }
    return styles;
  }

  /** What holds for the pieces of {@code material} on {@code track}; null if nothing does. */
  @Nullable RawStyle find(
      @Nullable String material, @Nullable String track, TrackType type, @Nullable Clip clip) {
    List<Style> styles = of(material, track);
    if (styles.isEmpty()) {
      return null;
    }
    boolean visual = type == TrackType.VIDEO || type == TrackType.TEXT || type == TrackType.STICKER;
    Clip base = clip;
    for (Style style : styles) {
      Fields fields = style.fields();
      if (visual) {
        base = ClipReader.read(fields, base);
      } else {
        refuse(style, List.of("clip", "x", "y", "scale"), fields, type);
      }
    }
    return new RawStyle(
        base,
        last(styles, fields -> fields.decimal("volume", 0, Limits.VOLUME_MAX)),
        last(styles, fields -> fields.decimal("speed", Limits.SPEED_MIN, Limits.SPEED_MAX)),
        nonNull(
            last(
                styles,
                fields ->
                    fields.has("animations") ? effects.animations(fields, "animations") : null)),
        keyframes(styles, type));
  }

  private List<KeyframeRequest> keyframes(List<Style> styles, TrackType type) {
    List<KeyframeRequest> keyframes =
        nonNull(
            last(
                styles,
                fields -> fields.has("keyframes") ? KeyframeReader.read(fields, null) : null));
    List<KeyframeRequest> fitting = new ArrayList<>();
    for (KeyframeRequest keyframe : keyframes) {
      if (keyframe.property().fits(type)) {
        fitting.add(keyframe.shared());
      } else {
        Style style = styles.getLast();
        tell(
            style.pointer + "/keyframes",
            "move "
                + keyframe.property().word()
                + ", which a track for "
                + type.word()
                + " does not have; give that track a style of its own");
      }
    }
    return fitting;
  }

  private void refuse(Style style, List<String> names, Fields fields, TrackType type) {
    for (String name : names) {
      if (fields.has(name)) {
        tell(
            style.pointer + "/" + name,
            "means nothing on a track for " + type.word() + "; leave it out");
      }
    }
  }

  /** Each once, however many pieces a style is for. */
  private void tell(String pointer, String detail) {
    if (told.add(pointer)) {
      faults.add(pointer, "does-not-apply", detail);
    }
  }

  private static <T> @Nullable T last(List<Style> styles, Function<Fields, @Nullable T> reading) {
    T found = null;
    for (Style style : styles) {
      T own = reading.apply(style.fields());
      found = own == null ? found : own;
    }
    return found;
  }

  private static <T> List<T> nonNull(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
