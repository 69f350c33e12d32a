package dev.millrace.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request or an answer as it stood on the wire.
 *
 * @param first its first line
 * @param headers pairs of name and value, in their order
 */
record HttpHead(String first, List<String[]> headers) {
  private static final int MOST_BYTES = 64 * 1024;

  /**
   * Reads up to the empty line and not a byte more; null at the end of the stream.
   *
   * @param in buffered: it is read byte by byte
   * @throws IOException if it is no HTTP, too long, or does not come
   */
  static @Nullable HttpHead read(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream(1_024);
    int last = 0;
    for (int b = in.read(); ; b = in.read()) {
      if (b < 0) {
        if (bytes.size() == 0) {
          return null;
        }
        throw new IOException("the head of the message is cut off");
      }
      bytes.write(b);
      last = b == '\n' ? last + 1 : b == '\r' ? last : 0;
      if (last == 2) {
        return parse(bytes.toString(StandardCharsets.ISO_8859_1));
      }
      if (bytes.size() > MOST_BYTES) {
        throw new IOException("the head of the message is longer than " + MOST_BYTES + " bytes");
      }
    }
  }

  /** The status of an answer. */
  int status() throws IOException {
    String[] words = first.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5]\\d\\d")) {
      throw new IOException("this is no answer of HTTP/1");
    }
    return Integer.parseInt(words[1]);
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header[0].equalsIgnoreCase(name))
        .map(header -> header[1])
        .findFirst();
  }

  private static HttpHead parse(String text) throws IOException {
    List<String> lines = text.lines().toList();
    List<String[]> headers = new ArrayList<>();
    // The last line is the empty one.
    for (String line : lines.subList(1, Math.max(1, lines.size() - 1))) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("a line of the head is no header");
      }
      headers.add(
          new String[] {line.substring(0, colon).strip(), line.substring(colon + 1).strip()});
    }
    return new HttpHead(lines.getFirst(), headers);
  }
}
