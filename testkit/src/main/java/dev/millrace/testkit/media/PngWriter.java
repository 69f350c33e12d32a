package dev.millrace.testkit.media;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** PNG, after the W3C recommendation: signature, IHDR, one IDAT, IEND; 24-bit colour. */
final class PngWriter {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private PngWriter() {}

  static byte[] write(int width, int height, int rgb) {
    try {
      var out = new ByteArrayOutputStream();
      var data = new DataOutputStream(out);
      data.write(SIGNATURE);
      byte eightBits = 8;
      byte trueColour = 2;
      var header = ByteBuffer.allocate(13).putInt(width).putInt(height);
      chunk(data, "IHDR", header.put(eightBits).put(trueColour).array());
      chunk(data, "IDAT", pixels(width, height, rgb));
      chunk(data, "IEND", new byte[0]);
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new IllegalStateException("memory does not fail", impossible);
    }
  }

  private static byte[] pixels(int width, int height, int rgb) throws IOException {
    byte[] row = new byte[1 + 3 * width];
    for (int x = 0; x < width; x++) {
      row[1 + 3 * x] = (byte) (rgb >> 16);
      row[2 + 3 * x] = (byte) (rgb >> 8);
      row[3 + 3 * x] = (byte) rgb;
    }
    var packed = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(packed)) {
      for (int y = 0; y < height; y++) {
        deflater.write(row);
      }
    }
    return packed.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) crc.getValue());
  }
}
