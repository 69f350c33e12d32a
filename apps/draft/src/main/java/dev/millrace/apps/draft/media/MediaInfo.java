package dev.millrace.apps.draft.media;

import dev.millrace.apps.draft.format.Media;

/**
 * What was found in a media file.
 *
 * @param format such as {@code PNG} or {@code MP4}
 * @param width pixels as shown, turned if the file says so; 0 for audio
 * @param height pixels as shown; 0 for audio
 * @param durationMicros playing time; 0 for a photo
 * @param hasAudio whether there is sound in it
 */
public record MediaInfo(
    Media.Kind kind, String format, int width, int height, long durationMicros, boolean hasAudio) {

  static MediaInfo photo(String format, int width, int height) {
    return new MediaInfo(Media.Kind.PHOTO, format, width, height, 0, false);
  }

  static MediaInfo audio(String format, long durationMicros) {
    return new MediaInfo(Media.Kind.AUDIO, format, 0, 0, durationMicros, true);
  }
}
