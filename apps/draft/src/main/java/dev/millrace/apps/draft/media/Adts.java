package dev.millrace.apps.draft.media;

import java.io.IOException;

/** Measures raw AAC by walking its ADTS frames (ISO/IEC 13818-7). */
final class Adts {
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };

  private Adts() {}

  static boolean matches(FileBytes file) throws IOException {
    int length = file.size() < 7 ? 0 : length(file, 0);
    return length > 0 && (length == file.size() || length(file, length) > 0);
  }

  static MediaInfo read(FileBytes file) throws IOException {
    long at = 0;
    double seconds = 0;
    for (int length = length(file, at); length > 0; length = length(file, at)) {
      int blocks = (file.u8(at + 6) & 3) + 1;
      seconds += blocks * 1_024.0 / RATES[file.u8(at + 2) >> 2 & 15];
      at += length;
    }
    return MediaInfo.audio("AAC", Math.round(seconds * 1_000_000));
  }

  /** Bytes of the frame at a place, 0 if there is none or it is cut off. */
  private static int length(FileBytes file, long at) throws IOException {
    if (at + 7 > file.size()
        || (file.u16(at) & 0xFFF6) != 0xFFF0
        || (file.u8(at + 2) >> 2 & 15) >= RATES.length) {
      return 0;
    }
    int length = (int) (file.u32(at + 2) >> 5 & 0x1FFF);
    return length >= 7 && at + length <= file.size() ? length : 0;
  }
}
