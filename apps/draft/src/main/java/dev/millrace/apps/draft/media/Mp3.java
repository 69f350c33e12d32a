package dev.millrace.apps.draft.media;

import java.io.IOException;

/**
 * Measures an MP3 by walking its frames (ISO/IEC 11172-3 and 13818-3), which is exact for constant
 * and variable bit rates alike. A leading Xing, Info or VBRI frame holds no sound; its count tells
 * whether the file is whole.
 */
final class Mp3 {
  private static final int[] RATES = {44_100, 48_000, 32_000};
  private static final int[][] KBITS_1 = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
  };
  private static final int[][] KBITS_2 = {
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  /** How far the first frame may be from the start or the end of the tags. */
  private static final int MOST_JUNK = 64 * 1024;

  private Mp3() {}

  /** A frame header; {@code length} 0 if there is none. */
  private record Frame(int length, int samples, int rate, boolean mono, boolean version1) {
    static final Frame NONE = new Frame(0, 0, 0, false, false);
  }

  static boolean matches(FileBytes file) throws IOException {
    return file.hasTag(0, "ID3") || firstFrame(file, 0, 1_024) >= 0;
  }

  static MediaInfo read(FileBytes file) throws IOException, UnusableMediaException {
    long at = firstFrame(file, tagEnd(file), MOST_JUNK);
    if (at < 0) {
      throw UnusableMediaException.corrupt("MP3", "it has no sound frames");
    }
    Frame first = frame(file, at);
    long promised = promisedFrames(file, at, first);
    if (promised >= 0) {
      at += first.length;
    }
    long frames = 0;
    double seconds = 0;
    while (at < file.size()) {
      Frame frame = frame(file, at);
      if (frame.length == 0) {
        at = firstFrame(file, at + 1, 4_096);
        if (at < 0) {
          break;
        }
        continue;
      }
      if (at + frame.length > file.size()) {
        break;
      }
      frames++;
      seconds += (double) frame.samples / frame.rate;
      at += frame.length;
    }
    if (frames == 0 || frames < promised * 0.98 - 1) {
      throw UnusableMediaException.truncated(
          "MP3", "it promises " + Math.max(promised, 1) + " frames and has " + frames);
    }
    return MediaInfo.audio("MP3", Math.round(seconds * 1_000_000));
  }

  /** The end of a leading ID3 tag. */
  private static long tagEnd(FileBytes file) throws IOException {
    if (!file.hasTag(0, "ID3") || file.size() < 10) {
      return 0;
    }
    long length = 0;
    for (int i = 6; i < 10; i++) {
      length = (length << 7) | (file.u8(i) & 0x7F);
    }
    boolean footer = (file.u8(5) & 0x10) != 0;
    return 10 + length + (footer ? 10 : 0);
  }

  /** The first of two frames in a row, or of one that ends the file; −1 if there is none. */
  private static long firstFrame(FileBytes file, long from, int most) throws IOException {
    for (long at = from; at + 4 <= file.size() && at < from + most; at++) {
      if (file.u8(at) == 0xFF) {
        int length = frame(file, at).length;
        boolean last = length > 0 && at + length >= file.size() - 3;
        if (last || (length > 0 && frame(file, at + length).length > 0)) {
          return at;
        }
      }
    }
    return -1;
  }

  private static Frame frame(FileBytes file, long at) throws IOException {
    if (at + 4 > file.size()) {
      return Frame.NONE;
    }
    int header = file.i32(at);
    int version = header >> 19 & 3;
    int layer = 3 - (header >> 17 & 3);
    int kbitsIndex = header >> 12 & 15;
    int rateIndex = header >> 10 & 3;
    boolean usable =
        (header & 0xFFE0_0000) == 0xFFE0_0000
            && version != 1
            && layer != 3
            && kbitsIndex != 0
            && kbitsIndex != 15
            && rateIndex != 3;
    if (!usable) {
      return Frame.NONE;
    }
    boolean version1 = version == 3;
    int rate = RATES[rateIndex] / (version1 ? 1 : version == 2 ? 2 : 4);
    int bits = (version1 ? KBITS_1 : KBITS_2)[layer][kbitsIndex] * 1_000;
    int padding = header >> 9 & 1;
    boolean mono = (header >> 6 & 3) == 3;
    int samples = layer == 0 ? 384 : layer == 2 && !version1 ? 576 : 1_152;
    int length =
        layer == 0 ? (12 * bits / rate + padding) * 4 : samples / 8 * bits / rate + padding;
    return new Frame(length, samples, rate, mono, version1);
  }

  /** The frames that a leading Xing, Info or VBRI frame counts; −1 if it is no such frame. */
  private static long promisedFrames(FileBytes file, long at, Frame first) throws IOException {
    int sideInfo = first.version1 ? (first.mono ? 17 : 32) : (first.mono ? 9 : 17);
    long xing = at + 4 + sideInfo;
    if (file.hasTag(xing, "Xing") || file.hasTag(xing, "Info")) {
      boolean counted = xing + 12 <= file.size() && (file.i32(xing + 4) & 1) != 0;
      return counted ? file.u32(xing + 8) : 0;
    }
    long vbri = at + 36;
    if (file.hasTag(vbri, "VBRI")) {
      return vbri + 18 <= file.size() ? file.u32(vbri + 14) : 0;
    }
    return -1;
  }
}
