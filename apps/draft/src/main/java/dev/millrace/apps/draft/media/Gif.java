package dev.millrace.apps.draft.media;

import dev.millrace.apps.draft.format.Media;
import java.io.IOException;

/** Reads a GIF block by block: one frame is a photo, more are a film as long as their delays. */
final class Gif {
  /** Browsers and players show a frame that names no delay for a tenth of a second. */
  private static final long USUAL_DELAY_MICROS = 100_000;

  private Gif() {}

  static boolean matches(FileBytes file) throws IOException {
    return file.hasTag(0, "GIF87a") || file.hasTag(0, "GIF89a");
  }

  static MediaInfo read(FileBytes file) throws IOException, UnusableMediaException {
    int width = file.u16le(6);
    int height = file.u16le(8);
    long at = 13 + colors(file.u8(10));
    int frames = 0;
    long micros = 0;
    long delay = 0;
    while (true) {
      int block = file.u8(at);
      if (block == 0x3B) {
        break;
      } else if (block == 0x21) {
        if (file.u8(at + 1) == 0xF9) {
          delay = file.u16le(at + 4) * 10_000L;
        }
        at = afterParts(file, at + 2);
      } else if (block == 0x2C) {
        frames++;
        micros += delay <= 10_000 ? USUAL_DELAY_MICROS : delay;
        delay = 0;
        at = afterParts(file, at + 10 + colors(file.u8(at + 9)) + 1);
      } else {
        throw UnusableMediaException.corrupt("GIF", "an unknown block stands at byte " + at);
      }
    }
    if (frames == 0 || width == 0 || height == 0) {
      throw UnusableMediaException.corrupt("GIF", "it shows nothing");
    }
    return frames == 1
        ? MediaInfo.photo("GIF", width, height)
        : new MediaInfo(Media.Kind.VIDEO, "GIF", width, height, micros, false);
  }

  /** Bytes of a colour table. */
  private static long colors(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
  }

  private static long afterParts(FileBytes file, long from) throws IOException {
    long at = from;
    for (int length = file.u8(at); length > 0; length = file.u8(at)) {
      at += 1 + length;
    }
    return at + 1;
  }
}
