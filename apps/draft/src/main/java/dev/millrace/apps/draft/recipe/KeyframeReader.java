package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Nearest;
import dev.millrace.apps.draft.format.KeyframeProperty;
import dev.millrace.apps.draft.format.TrackType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code keyframes}: a list of a property, a time from the start of the item and a value. */
final class KeyframeReader {
  private KeyframeReader() {}

  /**
   * By property and time.
   *
   * @param type what moves; null if that is not known yet
   */
  static List<KeyframeRequest> read(Fields owner, @Nullable TrackType type) {
    List<KeyframeRequest> keyframes = new ArrayList<>();
    for (Fields fields : owner.objects("keyframes", Limits.KEYFRAMES)) {
      KeyframeRequest keyframe = keyframe(fields, type);
      if (keyframe != null) {
        keyframes.add(keyframe);
      }
    }
    keyframes.sort(
        Comparator.comparing(KeyframeRequest::property)
            .thenComparingLong(KeyframeRequest::micros)
            .thenComparingInt(KeyframeRequest::index));
    clashes(owner, keyframes);
    return keyframes;
  }

  private static @Nullable KeyframeRequest keyframe(Fields fields, @Nullable TrackType type) {
    KeyframeProperty property = property(fields, type);
    Long time = fields.micros("time", 0);
    double least = property == null ? -Double.MAX_VALUE : property.least();
    double most = property == null ? Double.MAX_VALUE : property.most();
    Double value = fields.decimal("value", least, most);
    for (String name : List.of("time", "value")) {
      if (!fields.has(name)) {
        fields.fault(name, "missing", "is missing; a keyframe has a property, a time and a value");
      }
    }
    fields.done();
    return property == null || time == null || value == null
        ? null
        : new KeyframeRequest(fields.index(), property, time, value);
  }

  private static @Nullable KeyframeProperty property(Fields fields, @Nullable TrackType track) {
    List<String> words = KeyframeProperty.words(track == null ? TrackType.VIDEO : track);
    String word =
        fields.needed("property", Limits.TITLE, "give one of " + String.join(", ", words));
    if (word == null) {
      return null;
    }
    KeyframeProperty property = KeyframeProperty.of(word).orElse(null);
    if (property == null) {
      fields.fault(
          "property",
          "unknown-word",
          () -> "is \"" + word + "\"; did you mean " + Nearest.sentence(word, words) + "?");
    } else if (track != null && !property.fits(track)) {
      fields.fault(
          "property",
          "does-not-apply",
          "\""
              + word
              + "\" cannot move on a track for "
              + track.word()
              + "; use one of "
              + String.join(", ", words));
      return null;
    }
    return property;
  }

  private static void clashes(Fields owner, List<KeyframeRequest> sorted) {
    Set<KeyframeProperty> seen = EnumSet.noneOf(KeyframeProperty.class);
    KeyframeRequest last = null;
    for (KeyframeRequest keyframe : sorted) {
      if (last != null
          && last.property() == keyframe.property()
          && last.micros() == keyframe.micros()) {
        clash(
            owner,
            keyframe,
            "gives "
                + keyframe.property().word()
                + " a second value at "
                + Seconds.show(keyframe.micros())
                + "; give only one");
      }
      if (seen.add(keyframe.property())
          && keyframe.property() == KeyframeProperty.UNIFORM_SCALE
          && (seen.contains(KeyframeProperty.SCALE_X) || seen.contains(KeyframeProperty.SCALE_Y))) {
        clash(
            owner, keyframe, "moves uniform_scale beside scale_x or scale_y; use one or the other");
      }
      last = keyframe;
    }
  }

  private static void clash(Fields owner, KeyframeRequest keyframe, String detail) {
    String pointer = owner.pointer("keyframes") + "/" + keyframe.index();
    owner.sink().fault(pointer, "keyframe-clash", detail);
  }
}
