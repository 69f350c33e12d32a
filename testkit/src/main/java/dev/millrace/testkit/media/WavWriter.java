package dev.millrace.testkit.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** RIFF WAVE with a 16-byte fmt chunk: PCM, mono, 16 bits. */
final class WavWriter {
  private static final int RATE = 44_100;
  private static final int HEADER = 44;

  private WavWriter() {}

  static byte[] write(Duration length, int hertz) {
    int samples = Math.toIntExact(Math.round(length.toNanos() / 1e9 * RATE));
    var out = ByteBuffer.allocate(HEADER + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(HEADER - 8 + 2 * samples).put(ascii("WAVE"));
    short pcm = 1;
    short mono = 1;
    short bytesPerSample = 2;
    short bits = 16;
    out.put(ascii("fmt ")).putInt(16).putShort(pcm).putShort(mono);
    out.putInt(RATE).putInt(RATE * bytesPerSample).putShort(bytesPerSample).putShort(bits);
    out.put(ascii("data")).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      out.putShort((short) (Math.sin(2 * Math.PI * hertz * i / RATE) * 0.5 * Short.MAX_VALUE));
    }
    return out.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
