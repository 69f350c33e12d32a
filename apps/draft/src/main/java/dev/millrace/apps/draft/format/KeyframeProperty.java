package dev.millrace.apps.draft.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What of a segment can move, with the client's word for it and its bounds. */
public enum KeyframeProperty {
  POSITION_X("position_x", "KFTypePositionX", -100, 100),
  POSITION_Y("position_y", "KFTypePositionY", -100, 100),
  ROTATION("rotation", "KFTypeRotation", -36_000, 36_000),
  SCALE_X("scale_x", "KFTypeScaleX", 0.01, 100),
  SCALE_Y("scale_y", "KFTypeScaleY", 0.01, 100),
  /** Both sides at once: the client keeps it as the width, on a segment whose sides are tied. */
  UNIFORM_SCALE("uniform_scale", "KFTypeScaleX", 0.01, 100),
  ALPHA("alpha", "KFTypeAlpha", 0, 1),
  SATURATION("saturation", "KFTypeSaturation", -1, 1),
  CONTRAST("contrast", "KFTypeContrast", -1, 1),
  BRIGHTNESS("brightness", "KFTypeBrightness", -1, 1),
  VOLUME("volume", "KFTypeVolume", 0, 10);

  private final String word;
  private final String type;
  private final double least;
  private final double most;

  KeyframeProperty(String word, String type, double least, double most) {
    this.word = word;
    this.type = type;
    this.least = least;
    this.most = most;
  }

  /** The word for it in a recipe. */
  public String word() {
    return word;
  }

  /** The word for it in a draft. */
  public String type() {
    return type;
  }

  /** The least value it may have. */
  public double least() {
    return least;
  }

  /** The greatest value it may have. */
  public double most() {
    return most;
  }

  /** Whether segments on a track of this type have it. */
  public boolean fits(TrackType track) {
    return switch (track) {
      case VIDEO -> true;
      case AUDIO -> this == VOLUME;
      case TEXT, STICKER ->
          switch (this) {
            case SATURATION, CONTRAST, BRIGHTNESS, VOLUME -> false;
            case POSITION_X, POSITION_Y, ROTATION, SCALE_X, SCALE_Y, UNIFORM_SCALE, ALPHA -> true;
          };
      case EFFECT, FILTER -> false;
    };
  }

  /**
   * Whether the sides of a segment scale together once this moves.
   *
   * @param otherwise if it has nothing to do with the scale
   */
  public boolean ties(boolean otherwise) {
    return switch (this) {
      case UNIFORM_SCALE -> true;
      case SCALE_X, SCALE_Y -> false;
      case POSITION_X, POSITION_Y, ROTATION, ALPHA, SATURATION, CONTRAST, BRIGHTNESS, VOLUME ->
          otherwise;
    };
  }

  /** The property called {@code word} in a recipe, or in a draft. */
  public static Optional<KeyframeProperty> of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word.equals(word) || each.type.equals(word))
        .findFirst();
  }

  /** The words of a recipe for what moves on a track of this type. */
  public static List<String> words(TrackType track) {
    return Arrays.stream(values())
        .filter(each -> each.fits(track))
        .map(KeyframeProperty::word)
        .toList();
  }
}
