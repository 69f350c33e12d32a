package dev.millrace.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;

/** What a handler answers. Immutable; {@link #header} makes another. */
public final class Reply {
  /** Writes the content of a download. Runs on the request's thread and may block. */
  @FunctionalInterface
  public interface ContentWriter {
    void writeTo(OutputStream out) throws IOException;
  }

  /** What follows the header. */
  sealed interface Content {
    record None() implements Content {}

    record Value(Object value) implements Content {}

    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Bytes(byte[] bytes, String contentType) implements Content {}

    record File(Path path, String contentType) implements Content {}

    record Written(String contentType, ContentWriter writer) implements Content {}

    record Events(EventSource source) implements Content {}
  }

  private static final Content NONE = new Content.None();

  private final int status;
  private final Content content;
  private final List<HttpField> headers;

  private Reply(int status, Content content, List<HttpField> headers) {
    this.status = status;
    this.content = content;
    this.headers = headers;
  }

  /** 200 with a value as JSON. */
  public static Reply ok(Object body) {
    return json(200, body);
  }

  /** 201 with a value as JSON and where the new thing is. */
  public static Reply created(String location, Object body) {
    return json(201, body).header("Location", location);
  }

  /** 202 with a value as JSON. */
  public static Reply accepted(Object body) {
    return json(202, body);
  }

  /** 204. */
  public static Reply noContent() {
    return new Reply(204, NONE, List.of());
  }

  /** Any status with a value as JSON. */
  public static Reply json(int status, Object body) {
    return new Reply(status, new Content.Value(body), List.of());
  }

  /** A status with a plain text. */
  public static Reply text(int status, String text) {
    return text(status, text, "text/plain; charset=utf-8");
  }

  /** A status with a text of another content type, which names its charset, UTF-8. */
  public static Reply text(int status, String text, String contentType) {
    return bytes(status, text.getBytes(StandardCharsets.UTF_8), contentType);
  }

  /** A status with bytes; they must not change any more. */
  public static Reply bytes(int status, byte[] bytes, String contentType) {
    return new Reply(status, new Content.Bytes(bytes, contentType), List.of());
  }

  /** 200 with a file, or 206 with the range of it that the client asks for. */
  public static Reply file(Path file, String contentType) {
    return new Reply(200, new Content.File(file, contentType), List.of());
  }

  /** The same, to be saved under a name. */
  public static Reply file(Path file, String contentType, String name) {
    return file(file, contentType).header("Content-Disposition", Disposition.attachment(name));
  }

  /**
   * 200 with content of unknown length that is written as it is made, to be saved under a name. If
   * the writer throws, the connection is cut, so that the client does not take half for the whole.
   */
  public static Reply download(String name, String contentType, ContentWriter writer) {
    return new Reply(200, new Content.Written(contentType, writer), List.of())
        .header("Content-Disposition", Disposition.attachment(name));
  }

  /** 200 with a stream of server-sent events, which lasts until the source returns. */
  public static Reply stream(EventSource source) {
    return new Reply(200, new Content.Events(source), List.of());
  }

  /** The same reply with one more header. */
  public Reply header(String name, String value) {
    List<HttpField> more = new ArrayList<>(headers);
    more.add(new HttpField(name, value));
    return new Reply(status, content, List.copyOf(more));
  }

  int status() {
    return status;
  }

  boolean isStream() {
    return content instanceof Content.Events;
  }

  Content content() {
    return content;
  }

  List<HttpField> headers() {
    return headers;
  }
}
