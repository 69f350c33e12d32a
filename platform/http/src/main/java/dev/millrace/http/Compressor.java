package dev.millrace.http;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses answers that are made on the fly: brotli at quality 1, which is smaller than gzip and
 * faster, where its native code is available, else gzip. Thread-safe.
 */
final class Compressor {
  /** Smaller content is sent as it is: the header would eat the gain. */
  static final int FLOOR = 1024;

  /** Loading the native code takes a while, so it waits for the first client that wants it. */
  private static final class Native {
    static final boolean AVAILABLE = Brotli4jLoader.isAvailable();
    static final Encoder.Parameters FAST = Encoder.Parameters.create(1, 18);
  }

  private Compressor() {}

  static Encoding choose(@Nullable String accept, int size) {
    if (accept == null || size < FLOOR) {
      return Encoding.IDENTITY;
    }
    Encoding chosen = Encoding.preferred(accept, true, true);
    return chosen == Encoding.BROTLI && !Native.AVAILABLE
        ? Encoding.preferred(accept, false, true)
        : chosen;
  }

  static byte[] compress(byte[] content, Encoding encoding) {
    try {
      return switch (encoding) {
        case IDENTITY -> content;
        case BROTLI -> Encoder.compress(content, Native.FAST);
        case GZIP -> gzip(content);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var out = new ByteArrayOutputStream(content.length / 3 + 64);
    try (var gzip = new Fast(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static final class Fast extends GZIPOutputStream {
    Fast(ByteArrayOutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED + 2);
    }
  }

  /** Whether content of a type gets smaller: texts do, pictures and archives do not. */
  static boolean helps(String contentType) {
    return contentType.startsWith("text/")
        || contentType.startsWith("application/json")
        || contentType.startsWith("application/problem+json")
        || contentType.startsWith("application/manifest+json")
        || contentType.startsWith("application/openmetrics-text")
        || contentType.startsWith("image/svg+xml")
        || contentType.startsWith("application/wasm");
  }
}
