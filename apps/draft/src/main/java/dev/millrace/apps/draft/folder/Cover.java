package dev.millrace.apps.draft.folder;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A picture that becomes the cover of a draft. The client takes a JPEG, so a JPEG is copied as it
 * is and anything else is drawn again, on black and no larger than a list needs.
 */
public final class Cover {
  /** Pixels on the longer side: more would only be scaled down by the client. */
  private static final int LONGEST = 1_920;

  /** Pixels of the picture itself: one that promises more is made to exhaust the memory. */
  private static final long MOST_PIXELS = 200_000_000;

  private final Path file;
  private final byte @Nullable [] drawn;

  private Cover(Path file, byte @Nullable [] drawn) {
    this.file = file;
    this.drawn = drawn;
  }

  /**
   * The cover that a picture makes.
   *
   * @param format as the probe found it: {@code JPEG}, {@code PNG}, {@code GIF}, {@code BMP}
   * @throws IOException if it cannot be drawn
   */
  public static Cover of(Path file, String format) throws IOException {
    if (format.equals("JPEG")) {
      return new Cover(file, null);
    }
    try {
      return new Cover(file, jpeg(read(file, format)));
    } catch (RuntimeException e) {
      // Readers of pictures throw all sorts where one is damaged.
      throw new IOException("the cover cannot be read as " + format + ": " + e.getMessage(), e);
    }
  }

  /** Writes the JPEG. */
  void writeTo(OutputStream out) throws IOException {
    if (drawn == null) {
      Files.copy(file, out);
    } else {
      out.write(drawn);
    }
  }

  private static byte[] jpeg(BufferedImage picture) throws IOException {
    BufferedImage opaque =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    try {
      graphics.drawImage(picture, 0, 0, Color.BLACK, null);
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(opaque, "jpg", out)) {
      throw new IOException("this Java writes no JPEG, which the cover of a draft has to be");
    }
    return out.toByteArray();
  }

  /** Every so many rows and columns are left out while it is read, so that it stays small. */
  private static BufferedImage read(Path file, String format) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("the cover cannot be read as " + format + "; give a JPEG");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
          throw new IOException(
              "the cover has " + width + " × " + height + " pixels; give a smaller one");
        }
        int step = Math.max(1, (Math.max(width, height) + LONGEST - 1) / LONGEST);
        ImageReadParam every = reader.getDefaultReadParam();
        every.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, every);
      } finally {
        reader.dispose();
      }
    }
  }
}
