package dev.millrace.apps.draft.recipe;

/** The bounds of a recipe. */
public final class Limits {
  /** Items on all tracks together. */
  public static final int ITEMS = 10_000;

  public static final int TRACKS = 200;
  public static final int MATERIALS = 10_000;
  public static final int RULES = 200;

  /** Characters of one text. */
  public static final int TEXT = 10_000;

  /** Characters of a title, a name or an id. */
  public static final int TITLE = 200;

  /** Characters of a link. */
  public static final int URL = 4_096;

  /** Stretches of a text with a look of their own. */
  public static final int SPANS = 1_000;

  /** Ways an item may be animated; only in, out and loop can stand together. */
  public static final int ANIMATIONS = 10;

  /** Keyframes of one item. */
  public static final int KEYFRAMES = 1_000;

  /** Filters of one item, and effects of one item. */
  public static final int EFFECTS = 20;

  /** Segments that come from existing drafts. */
  public static final int RAW_SEGMENTS = 10_000;

  /** Materials that come from existing drafts, beside those that stand with their segments. */
  public static final int RAW_MATERIALS = 50_000;

  /** Materials of one list that a segment of an existing draft refers to. */
  public static final int RAW_EXTRAS = 100;

  /** No draft is longer than a day. */
  public static final long MICROS = 86_400_000_000L;

  static final double SPEED_MIN = 0.1;
  static final double SPEED_MAX = 100;
  static final double VOLUME_MAX = 10;

  private Limits() {}
}
