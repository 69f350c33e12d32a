package dev.millrace.apps.draft.media;

import java.io.IOException;

/** Reads the length of a FLAC from its stream information. */
final class Flac {
  private Flac() {}

  static boolean matches(FileBytes file) throws IOException {
    return file.hasTag(0, "fLaC");
  }

  static MediaInfo read(FileBytes file) throws IOException, UnusableMediaException {
    long packed = file.i64(18);
    long rate = packed >>> 44;
    long samples = packed & 0xF_FFFF_FFFFL;
    if (rate == 0 || samples == 0) {
      throw UnusableMediaException.corrupt("FLAC", "it does not say how long it is");
    }
    return MediaInfo.audio("FLAC", Math.round(samples * 1_000_000.0 / rate));
  }
}
