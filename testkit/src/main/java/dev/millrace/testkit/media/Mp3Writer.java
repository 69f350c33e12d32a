package dev.millrace.testkit.media;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Frames of MPEG-1 Layer III (ISO/IEC 11172-3, 2.4.1). At 48 kHz and 128 kbit/s a frame is exactly
 * 384 bytes and 24 ms, so no padding is needed. All-zero side information means that no bits of
 * main data belong to the frame: silence.
 */
final class Mp3Writer {
  /** Sync, MPEG-1, Layer III, no CRC; 128 kbit/s, 48 kHz; single channel. */
  private static final int HEADER = 0xFFFB_94C4;

  private static final int FRAME_BYTES = 144 * 128_000 / 48_000;
  private static final long FRAME_NANOS = 24_000_000;

  private Mp3Writer() {}

  static byte[] write(Duration length) {
    int frames = Math.toIntExact(Math.ceilDiv(length.toNanos(), FRAME_NANOS));
    var out = ByteBuffer.allocate(frames * FRAME_BYTES);
    for (int i = 0; i < frames; i++) {
      out.putInt(i * FRAME_BYTES, HEADER);
    }
    return out.array();
  }
}
