package dev.millrace.apps.draft.format;

/**
 * A file that segments show or play.
 *
 * @param id local id within the draft
 * @param fileName name shown to the person who edits
 * @param path absolute path on the machine of the editor, with forward slashes
 * @param durationMicros length; {@link #PHOTO_MICROS} for a photo
 * @param width pixels, 0 for audio
 * @param height pixels, 0 for audio
 */
public record Media(
    String id,
    Kind kind,
    String fileName,
    String path,
    long durationMicros,
    int width,
    int height,
    boolean hasAudio) {
  /** The length that the client gives to every photo: three hours. */
  public static final long PHOTO_MICROS = 10_800_000_000L;

  /** What a file is. */
  public enum Kind {
    VIDEO,
    PHOTO,
    AUDIO
  }
}
