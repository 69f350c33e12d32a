package dev.millrace.testkit.media;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;

/** Real media files of the sizes and lengths that a test asks for. Thread-safe. */
public final class Media {
  private Media() {}

  /** A PNG of one colour, 8 bits a channel. */
  public static byte[] png(int width, int height, int rgb) {
    return PngWriter.write(width, height, rgb);
  }

  /** A baseline JPEG of one colour. */
  public static byte[] jpeg(int width, int height, int rgb) {
    return encode("jpg", width, height, rgb);
  }

  /** A GIF of one colour and one frame. */
  public static byte[] gif(int width, int height, int rgb) {
    return encode("gif", width, height, rgb);
  }

  /** A WAV: 16-bit mono PCM at 44,100 Hz, a sine of {@code hertz}; rounded to whole samples. */
  public static byte[] wav(Duration length, int hertz) {
    return WavWriter.write(length, hertz);
  }

  /**
   * A silent MP3: MPEG-1 Layer III, 48 kHz, 128 kbit/s, without tags. Its length is rounded up to
   * whole frames of 24 ms.
   */
  public static byte[] mp3(Duration length) {
    return Mp3Writer.write(length);
  }

  /** An MP4 with one video track of JPEG frames at 25 a second, exact to the microsecond. */
  public static byte[] mp4(int width, int height, Duration length) {
    return new Mp4Writer(width, height, length, false).write();
  }

  /** As {@link #mp4}, with a second track of silence (16-bit PCM, mono, 8,000 Hz). */
  public static byte[] mp4WithSound(int width, int height, Duration length) {
    return new Mp4Writer(width, height, length, true).write();
  }

  /** Subtitles in SubRip form, in UTF-8. */
  public static byte[] srt(List<Cue> cues) {
    var text = new StringBuilder();
    for (int i = 0; i < cues.size(); i++) {
      text.append(i + 1).append('\n').append(cues.get(i).srt()).append("\n\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] encode(String format, int width, int height, int rgb) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var canvas = image.createGraphics();
    canvas.setColor(new Color(rgb));
    canvas.fillRect(0, 0, width, height);
    canvas.dispose();
    var out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("this JDK writes no " + format);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("memory does not fail", impossible);
    }
    return out.toByteArray();
  }
}
