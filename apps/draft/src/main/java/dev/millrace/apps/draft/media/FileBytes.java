package dev.millrace.apps.draft.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads numbers anywhere in a file through a window of it, big-endian unless told otherwise.
 * Confined to one thread. Reading past the end throws {@link EOFException}.
 */
final class FileBytes implements AutoCloseable {
  private static final int WINDOW = 64 * 1024;

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowStart;

  FileBytes(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
  }

  long size() {
    return size;
  }

  int u8(long at) throws IOException {
    return window.get(locate(at, 1)) & 0xFF;
  }

  int u16(long at) throws IOException {
    return window.getShort(locate(at, 2)) & 0xFFFF;
  }

  int i32(long at) throws IOException {
    return window.getInt(locate(at, 4));
  }

  long u32(long at) throws IOException {
    return i32(at) & 0xFFFF_FFFFL;
  }

  long i64(long at) throws IOException {
    return window.getLong(locate(at, 8));
  }

  int u16le(long at) throws IOException {
    return Short.reverseBytes(window.getShort(locate(at, 2))) & 0xFFFF;
  }

  long u32le(long at) throws IOException {
    return Integer.reverseBytes(i32(at)) & 0xFFFF_FFFFL;
  }

  /** {@code length} bytes as Latin-1, for comparing with a tag. */
  String tag(long at, int length) throws IOException {
    int offset = locate(at, length);
    return new String(window.array(), offset, length, StandardCharsets.ISO_8859_1);
  }

  /** Whether a tag stands at a place; false past the end. */
  boolean hasTag(long at, String tag) throws IOException {
    return at >= 0 && at + tag.length() <= size && tag(at, tag.length()).equals(tag);
  }

  /** The first bytes, at most {@code most}. */
  byte[] head(int most) throws IOException {
    int length = (int) Math.min(most, size);
    byte[] head = new byte[length];
    if (length > 0) {
      int offset = locate(0, length);
      System.arraycopy(window.array(), offset, head, 0, length);
    }
    return head;
  }

  /** Brings {@code length} bytes into the window and says where in it they begin. */
  private int locate(long at, int length) throws IOException {
    if (at < 0 || at + length > size) {
      throw new EOFException("byte " + at + " is beyond the end, " + size);
    }
    if (at < windowStart || at + length > windowStart + window.limit()) {
      window.clear();
      windowStart = at;
      while (window.hasRemaining() && channel.read(window, windowStart + window.position()) > 0) {
        // Until the window is full or the file ends.
      }
      window.flip();
      if (window.limit() < length) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return (int) (at - windowStart);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
