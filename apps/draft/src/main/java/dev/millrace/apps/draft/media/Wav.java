package dev.millrace.apps.draft.media;

import java.io.IOException;

/** Reads the length of a WAV from its format and data chunks. */
final class Wav {
  /** What a writer that could not go back left as its length. */
  private static final long UNKNOWN = 0xFFFF_FFFFL;

  private Wav() {}

  static boolean matches(FileBytes file) throws IOException {
    return file.hasTag(0, "RIFF") && file.hasTag(8, "WAVE");
  }

  static MediaInfo read(FileBytes file) throws IOException, UnusableMediaException {
    long bytesPerSecond = 0;
    long at = 12;
    while (at + 8 <= file.size()) {
      String chunk = file.tag(at, 4);
      long length = file.u32le(at + 4);
      if (chunk.equals("fmt ")) {
        bytesPerSecond = file.u32le(at + 16);
      } else if (chunk.equals("data")) {
        return data(file, at + 8, length, bytesPerSecond);
      }
      at += 8 + length + (length & 1);
    }
    throw UnusableMediaException.truncated("WAV", "it has no sound data");
  }

  private static MediaInfo data(FileBytes file, long start, long length, long bytesPerSecond)
      throws UnusableMediaException {
    if (bytesPerSecond == 0) {
      throw UnusableMediaException.corrupt("WAV", "its format is missing");
    }
    long there = file.size() - start;
    boolean unknown = length == UNKNOWN || length == 0;
    if (!unknown && length > there) {
      throw UnusableMediaException.truncated(
          "WAV", "it promises " + length + " bytes of sound and has " + there);
    }
    long bytes = unknown ? there : length;
    if (bytes == 0) {
      throw UnusableMediaException.corrupt("WAV", "it holds no sound");
    }
    return MediaInfo.audio(
        "WAV",
        Math.multiplyHigh(bytes, 1_000_000) == 0
            ? bytes * 1_000_000 / bytesPerSecond
            : bytes / bytesPerSecond * 1_000_000);
  }
}
