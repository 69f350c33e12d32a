package dev.millrace.testkit;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that a {@link WebServer} sends: any part of them, as often as asked. Thread-safe. */
public interface ByteSource {
  /** Bytes in all. */
  long length();

  /**
   * Writes {@code count} bytes that begin at {@code offset}.
   *
   * @throws IOException if {@code out} does
   */
  void write(long offset, int count, OutputStream out) throws IOException;

  /** The bytes of an array, which must not be changed later. */
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void write(long offset, int count, OutputStream out) throws IOException {
        out.write(bytes, Math.toIntExact(offset), count);
      }
    };
  }

  /**
   * Bytes that look random, depend on {@code seed} and their place only, and take no memory: for
   * files of any size.
   */
  static ByteSource generated(long length, long seed) {
    return new GeneratedBytes(length, seed);
  }

  /** All the bytes as an array, for comparison. */
  default byte[] toArray() {
    var out = new java.io.ByteArrayOutputStream(Math.toIntExact(length()));
    try {
      write(0, Math.toIntExact(length()), out);
    } catch (IOException impossible) {
      throw new IllegalStateException("memory does not fail", impossible);
    }
    return out.toByteArray();
  }
}
