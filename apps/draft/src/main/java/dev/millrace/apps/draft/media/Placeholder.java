package dev.millrace.apps.draft.media;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes real files that stand for those which could not be had. */
public final class Placeholder {
  private static final int GREY = 0x60;
  private static final int LINE = 0xA0;

  /** Low, because silence needs no more: an hour is 28 MB. */
  private static final int SAMPLES_A_SECOND = 8_000;

  private Placeholder() {}

  /** A grey picture with a cross, so that nobody takes it for the real one. */
  public static void png(int width, int height, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    // Eight bits of grey, the only compression and filter there are, not interlaced.
    header.put((byte) 8).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0);
    chunk(data, "IHDR", header.array());
    chunk(data, "IDAT", pixels(width, height));
    chunk(data, "IEND", new byte[0]);
    data.flush();
  }

  private static byte[] pixels(int width, int height) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    int thickness = Math.max(1, Math.min(width, height) / 200);
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
      byte[] row = new byte[width + 1];
      for (int y = 0; y < height; y++) {
        Arrays.fill(row, 1, row.length, (byte) GREY);
        int falling = (int) ((long) y * width / height);
        line(row, falling, thickness);
        line(row, width - 1 - falling, thickness);
        deflater.write(row);
      }
    }
    return compressed.toByteArray();
  }

  private static void line(byte[] row, int x, int thickness) {
    int from = Math.max(0, x - thickness);
    int to = Math.min(row.length - 1, x + thickness + 1);
    Arrays.fill(row, from + 1, Math.max(from + 1, to), (byte) LINE);
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) crc.getValue());
  }

  /**
   * Silence: a mono WAV of 8 bits.
   *
   * @param durationMicros rounded up to a whole sample
   */
  public static void wav(long durationMicros, OutputStream out) throws IOException {
    long samples = Math.ceilDiv(durationMicros * SAMPLES_A_SECOND, 1_000_000);
    if (samples > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(
          "silence of " + durationMicros + " µs does not fit into a WAV");
    }
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) samples + 36);
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 1);
    header.putInt(SAMPLES_A_SECOND).putInt(SAMPLES_A_SECOND);
    header.putShort((short) 1).putShort((short) 8);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) samples);
    out.write(header.array());
    byte[] silence = new byte[64 * 1024];
    Arrays.fill(silence, (byte) 0x80);
    for (long left = samples; left > 0; left -= silence.length) {
      out.write(silence, 0, (int) Math.min(left, silence.length));
    }
  }
}
