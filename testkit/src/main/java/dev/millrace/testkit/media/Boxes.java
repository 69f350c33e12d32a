package dev.millrace.testkit.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds boxes of the ISO base media file format: length, four letters, content. */
final class Boxes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static byte[] box(String type, byte[]... parts) {
    var content = new Boxes();
    for (byte[] part : parts) {
      content.bytes(part);
    }
    byte[] body = content.toBytes();
    return new Boxes().u32(8L + body.length).text(type).bytes(body).toBytes();
  }

  /** A box whose content starts with a version of 0 and {@code flags}. */
  static byte[] full(String type, int flags, byte[]... parts) {
    byte[][] all = new byte[parts.length + 1][];
    all[0] = new Boxes().u32(flags).toBytes();
    System.arraycopy(parts, 0, all, 1, parts.length);
    return box(type, all);
  }

  Boxes u32(long... values) {
    for (long value : values) {
      if (value < 0 || value > 0xFFFF_FFFFL) {
        throw new IllegalArgumentException("does not fit 32 bits: " + value);
      }
      out.writeBytes(ByteBuffer.allocate(4).putInt((int) value).array());
    }
    return this;
  }

  Boxes u16(int... values) {
    for (int value : values) {
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) value).array());
    }
    return this;
  }

  Boxes text(String ascii) {
    return bytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  Boxes zeros(int count) {
    return bytes(new byte[count]);
  }

  Boxes bytes(byte[] content) {
    out.writeBytes(content);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
