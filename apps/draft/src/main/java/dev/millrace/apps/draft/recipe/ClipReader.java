package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.format.Clip;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads where something stands on the canvas: {@code clip}, and the short forms beside it. */
final class ClipReader {
  private static final double FARTHEST = 100;
  private static final double LARGEST = 100;

  private ClipReader() {}

  /** The clip of {@code owner}; null if it says nothing about it. */
  static @Nullable Clip read(Fields owner, @Nullable Clip otherwise) {
    Clip clip = otherwise;
    Fields fields = owner.object("clip");
    if (fields != null) {
      clip = full(fields, clip == null ? Clip.PLAIN : clip);
    }
    if (owner.has("x") || owner.has("y") || owner.has("scale")) {
      clip = shortened(owner, clip == null ? Clip.PLAIN : clip);
    }
    return clip;
  }

  /** The clip of a segment that a client wrote; what is missing or strange in it is plain. */
  static @Nullable Clip written(Fields segment) {
    JsonNode clip = segment.raw("clip");
    if (clip == null || !clip.isObject()) {
      return null;
    }
    return new Clip(
        clip.path("alpha").asDouble(1),
        clip.path("flip").path("horizontal").asBoolean(false),
        clip.path("flip").path("vertical").asBoolean(false),
        clip.path("rotation").asDouble(0),
        clip.path("scale").path("x").asDouble(1),
        clip.path("scale").path("y").asDouble(1),
        clip.path("transform").path("x").asDouble(0),
        clip.path("transform").path("y").asDouble(0));
  }

  private static Clip full(Fields fields, Clip base) {
    Fields flip = fields.object("flip");
    Fields scale = fields.object("scale");
    Fields transform = fields.object("transform");
    Clip clip =
        new Clip(
            fields.decimalOr("alpha", 0, 1, base.alpha()),
            flip == null ? base.flipHorizontal() : flip.flagOr("horizontal", false),
            flip == null ? base.flipVertical() : flip.flagOr("vertical", false),
            fields.decimalOr("rotation", -36_000, 36_000, base.rotation()),
            scale == null ? base.scaleX() : scale.decimalOr("x", 0.01, LARGEST, base.scaleX()),
            scale == null ? base.scaleY() : scale.decimalOr("y", 0.01, LARGEST, base.scaleY()),
            transform == null ? base.x() : transform.decimalOr("x", -FARTHEST, FARTHEST, base.x()),
            transform == null ? base.y() : transform.decimalOr("y", -FARTHEST, FARTHEST, base.y()));
    for (Fields part : new @Nullable Fields[] {flip, scale, transform, fields}) {
      if (part != null) {
        part.done();
      }
    }
    return clip;
  }

  private static Clip shortened(Fields owner, Clip base) {
    Double scale = owner.decimal("scale", 0.01, LARGEST);
    return new Clip(
        base.alpha(),
        base.flipHorizontal(),
        base.flipVertical(),
        base.rotation(),
        scale == null ? base.scaleX() : scale,
        scale == null ? base.scaleY() : scale,
        owner.decimalOr("x", -FARTHEST, FARTHEST, base.x()),
        owner.decimalOr("y", -FARTHEST, FARTHEST, base.y()));
  }
}
