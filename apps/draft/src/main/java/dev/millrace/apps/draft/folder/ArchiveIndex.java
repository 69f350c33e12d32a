package dev.millrace.apps.draft.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks through the central directory of a zip archive for what {@link java.util.zip} does not
 * tell: links and other things that are no files (APPNOTE.TXT 4.3.12 and 4.4.15; the upper half of
 * the external attributes is a Unix mode). Fields of 64 bits are not followed: such archives are
 * told apart and refused.
 */
final class ArchiveIndex {
  private static final int END = 0x06054B50;
  private static final int ENTRY = 0x02014B50;
  private static final int END_SIZE = 22;
  private static final int ENTRY_SIZE = 46;
  private static final int MOST_COMMENT = 0xFFFF;

  /** A directory of 20,000 names has about 3 MB. */
  private static final int MOST_BYTES = 64 << 20;

  private static final int KIND = 0xF000;
  private static final int FILE = 0x8000;
  private static final int FOLDER = 0x4000;

  private ArchiveIndex() {}

  /**
   * Refuses an archive with anything but files and folders.
   *
   * @return how many entries there are
   */
  static int check(Path archive) throws IOException, RefusedArchiveException {
    try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
      ByteBuffer end = end(channel);
      int count = end.getShort(10) & 0xFFFF;
      long size = end.getInt(12) & 0xFFFFFFFFL;
      long start = end.getInt(16) & 0xFFFFFFFFL;
      if (count == 0xFFFF || size == 0xFFFFFFFFL || start == 0xFFFFFFFFL) {
        throw new RefusedArchiveException(
            "the archive is larger than 4 GB or has more than 65,534 entries; import a smaller one,"
                + " or copy the folder into the folder of drafts");
      }
      if (size > MOST_BYTES || start + size > channel.size()) {
        throw damaged();
      }
      ByteBuffer entries = read(channel, start, (int) size);
      for (int i = 0; i < count; i++) {
        if (entries.remaining() < ENTRY_SIZE || entries.getInt(entries.position()) != ENTRY) {
          throw damaged();
        }
        entry(entries);
      }
      return count;
    }
  }

  private static void entry(ByteBuffer entries) throws RefusedArchiveException {
    int at = entries.position();
    int kind = (entries.getInt(at + 38) >>> 16) & KIND;
    boolean encrypted = (entries.getShort(at + 8) & 1) != 0;
    int name = entries.getShort(at + 28) & 0xFFFF;
    int extra = entries.getShort(at + 30) & 0xFFFF;
    int comment = entries.getShort(at + 32) & 0xFFFF;
    if (encrypted) {
      throw new RefusedArchiveException(
          "the archive is locked with a password; pack it without one");
    }
    if (kind != 0 && kind != FILE && kind != FOLDER) {
      throw new RefusedArchiveException(
          "the archive holds a link or a device; pack the files themselves");
    }
    int next = at + ENTRY_SIZE + name + extra + comment;
    if (next > entries.limit()) {
      throw damaged();
    }
    entries.position(next);
  }

  private static ByteBuffer end(FileChannel channel) throws IOException, RefusedArchiveException {
    int length = (int) Math.min(channel.size(), END_SIZE + MOST_COMMENT);
    ByteBuffer tail = read(channel, channel.size() - length, length);
    for (int at = length - END_SIZE; at >= 0; at--) {
      if (tail.getInt(at) == END) {
        return tail.slice(at, END_SIZE).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    throw new RefusedArchiveException("this is no zip archive; send one");
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    long from = at;
    while (bytes.hasRemaining()) {
      int some = channel.read(bytes, from);
      if (some < 0) {
        break;
      }
      from += some;
    }
    return bytes.flip();
  }

  private static RefusedArchiveException damaged() {
    return new RefusedArchiveException("the archive is damaged or cut off; pack and send it again");
  }
}
