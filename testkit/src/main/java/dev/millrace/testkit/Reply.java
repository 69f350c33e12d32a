package dev.millrace.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link WebServer} answers on a path, honest by default: 200, right length, ranges, an ETag
 * of the content. Each method takes away a piece of that honesty and returns this object.
 *
 * <p>Set it up on one thread, then hand it to the server; do not change it afterwards.
 */
public final class Reply {
  final ByteSource body;
  int status = 200;
  String type = "application/octet-stream";
  @Nullable String etag;
  @Nullable Instant lastModified;
  boolean ranges = true;
  boolean heedsIfRange = true;
  final Map<String, String> headers = new LinkedHashMap<>();
  @Nullable Signal headersUntil;
  @Nullable Signal stallUntil;
  long stallAt = -1;
  long dropAt = -1;
  long truncateTo = -1;
  long declaredLength = -1;
  boolean chunked;
  boolean untilClose;
  long bytesPerSecond;
  boolean garbage;

  private Reply(ByteSource body) {
    this.body = body;
    this.etag = "\"" + Integer.toHexString(System.identityHashCode(body)) + "\"";
  }

  /** Serves {@code body} as {@code type}, with an ETag of its own. */
  public static Reply of(String type, byte[] body) {
    return of(ByteSource.of(body)).type(type);
  }

  /** Serves {@code body}. */
  public static Reply of(byte[] body) {
    return of(ByteSource.of(body));
  }

  /** Serves {@code body}, which may be larger than memory. */
  public static Reply of(ByteSource body) {
    return new Reply(body);
  }

  /** An empty body under {@code status}. */
  public static Reply status(int status) {
    return of(new byte[0]).withStatus(status).withoutValidators();
  }

  /** Sends the client elsewhere; {@code location} may be relative, private, or this same path. */
  public static Reply redirect(int status, String location) {
    return status(status).header("Location", location);
  }

  /** Answers with bytes that are no HTTP at all. */
  public static Reply garbage() {
    Reply reply = of("SSH-2.0-OpenSSH_9.2\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    reply.garbage = true;
    return reply;
  }

  public Reply withStatus(int code) {
    status = code;
    return this;
  }

  public Reply type(String contentType) {
    type = contentType;
    return this;
  }

  /** Quoted as it goes on the wire, such as {@code "v1"} or {@code W/"v1"}. */
  public Reply etag(String quoted) {
    etag = quoted;
    return this;
  }

  public Reply lastModified(Instant at) {
    lastModified = at;
    return this;
  }

  /** Neither ETag nor Last-Modified. */
  public Reply withoutValidators() {
    etag = null;
    lastModified = null;
    return this;
  }

  /** Answers a range request with all of it and 200. */
  public Reply withoutRanges() {
    ranges = false;
    return this;
  }

  /** Answers a range request with a range, even if {@code If-Range} names other content. */
  public Reply ignoringIfRange() {
    heedsIfRange = false;
    return this;
  }

  /** Adds or replaces a header; an empty value leaves it out. */
  public Reply header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public Reply retryAfter(Duration wait) {
    return header("Retry-After", Long.toString(wait.toSeconds()));
  }

  /** Takes the request, but sends no header before {@code until} is raised. */
  public Reply silentUntil(Signal until) {
    headersUntil = until;
    return this;
  }

  /** Stops sending before byte {@code at} of the body until {@code until} is raised. */
  public Reply stallingAt(long at, Signal until) {
    stallAt = at;
    stallUntil = until;
    return this;
  }

  /** Cuts the connection (TCP reset) before byte {@code at} of the whole content. */
  public Reply droppingAt(long at) {
    dropAt = at;
    return this;
  }

  /** Ends the body before byte {@code at} of the whole content by a clean close. */
  public Reply truncatedTo(long at) {
    truncateTo = at;
    return this;
  }

  /** Says {@code length} in Content-Length, whatever is sent; the connection closes after it. */
  public Reply declaring(long length) {
    declaredLength = length;
    return this;
  }

  /** Chunked, so the length is not told before the end. */
  public Reply chunked() {
    chunked = true;
    return this;
  }

  /** No length at all: the end is where the connection closes. */
  public Reply untilClose() {
    untilClose = true;
    return this;
  }

  /** At most {@code bytes} a second on each connection. */
  public Reply slow(long bytes) {
    bytesPerSecond = bytes;
    return this;
  }
}
