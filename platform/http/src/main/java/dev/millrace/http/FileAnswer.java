package dev.millrace.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Sends a file, or one range of it (RFC 9110, 14). More ranges than one are answered with all. */
final class FileAnswer {
  private static final int PIECE = 64 << 10;

  /** A range of bytes; both ends are included. */
  record Span(long first, long last) {
    long length() {
      return last - first + 1;
    }
  }

  private final Path path;
  private final String etag;
  private final long size;

  FileAnswer(Path path) throws IOException {
    this.path = path;
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    this.size = Files.size(path);
    this.etag =
        "\""
            + Long.toString(size, 36)
            + "-"
            + Long.toString(Files.getLastModifiedTime(path).toMillis(), 36)
            + "\"";
  }

  String etag() {
    return etag;
  }

  /** Sets status and header and writes the content; the last piece is not the last write. */
  void send(Response response, HttpFields asked, boolean head) throws IOException {
    Span span = span(asked);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(Fields.RANGES);
    headers.put(HttpHeader.ETAG, etag);
    headers.put(HttpHeader.CONTENT_LENGTH, span == null ? size : span.length());
    if (span != null) {
      response.setStatus(206);
      headers.put(
          HttpHeader.CONTENT_RANGE, "bytes " + span.first() + "-" + span.last() + "/" + size);
    }
    if (!head) {
      copy(response, span == null ? new Span(0, size - 1) : span);
    }
  }

  private void copy(Response response, Span span) throws IOException {
    var piece = ByteBuffer.allocate(PIECE);
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long at = span.first();
      while (at <= span.last()) {
        piece.clear().limit((int) Math.min(PIECE, span.last() - at + 1));
        int count = channel.read(piece, at);
        if (count < 0) {
          throw new IOException(path + " became shorter while it was sent");
        }
        at += count;
        Content.Sink.write(response, false, piece.flip());
      }
    }
  }

  private @Nullable Span span(HttpFields asked) {
    String range = asked.get(HttpHeader.RANGE);
    String only = asked.get(HttpHeader.IF_RANGE);
    if (range == null || (only != null && !only.equals(etag))) {
      return null;
    }
    if (!range.startsWith("bytes=") || range.indexOf(',') >= 0) {
      return null;
    }
    int dash = range.indexOf('-');
    try {
      String from = range.substring(6, dash).strip();
      String to = range.substring(dash + 1).strip();
      if (from.isEmpty()) {
        long count = Math.min(size, Long.parseLong(to));
        return count > 0 ? new Span(size - count, size - 1) : outside();
      }
      long first = Long.parseLong(from);
      long last = to.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(to));
      return first >= 0 && first <= last ? new Span(first, last) : outside();
    } catch (NumberFormatException | IndexOutOfBoundsException malformed) {
      return null; // a malformed range counts as none
    }
  }

  private Span outside() {
    throw HttpProblems.RANGE_NOT_SATISFIABLE.because("The file has " + size + " bytes.");
  }

  long size() {
    return size;
  }
}
