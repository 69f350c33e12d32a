package dev.millrace.apps.draft.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists the boxes of an MP4 and checks that each is whole. Confined to one thread. */
final class Boxes {
  /** Boxes of one level; real files have a few dozen, long recordings some thousand. */
  private static final int MOST_BOXES = 100_000;

  private final FileBytes file;

  Boxes(FileBytes file) {
    this.file = file;
  }

  /**
   * A box without its header.
   *
   * @param start first byte of its content
   * @param end first byte behind it
   */
  record Box(String type, long start, long end) {}

  /** Those of the file itself; the last may reach to its end without saying so. */
  List<Box> outer() throws IOException, UnusableMediaException {
    return list(0, file.size(), true);
  }

  /** Those within a box. */
  List<Box> in(Box box) throws IOException, UnusableMediaException {
    return list(box.start, box.end, false);
  }

  private List<Box> list(long start, long end, boolean outer)
      throws IOException, UnusableMediaException {
    List<Box> boxes = new ArrayList<>();
    long at = start;
    while (at + 8 <= end && boxes.size() < MOST_BOXES) {
      long length = file.u32(at);
      String type = file.tag(at + 4, 4);
      long header = 8;
      if (length == 1) {
        length = at + 16 <= end ? file.i64(at + 8) : -1;
        header = 16;
      } else if (length == 0) {
        length = outer ? end - at : 8;
      }
      if (length < header || at + length < at) {
        throw UnusableMediaException.corrupt("MP4", "a box has an impossible length");
      }
      if (at + length > end) {
        throw UnusableMediaException.truncated(
            "MP4",
            "the part \""
                + type.replaceAll("[^ -~]", "?")
                + "\" needs "
                + (at + length)
                + " bytes, but there are "
                + end);
      }
      boxes.add(new Box(type, at + header, at + length));
      at += length;
    }
    return boxes;
  }
}
