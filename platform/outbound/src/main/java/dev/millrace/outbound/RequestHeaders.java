package dev.millrace.outbound;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks headers that a caller adds: a line break in one would begin another (RFC 9110, 5.5). */
final class RequestHeaders {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E]*");

  /** Those that describe the message itself, or that downloads resume by. */
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "host",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "range",
          "te",
          "transfer-encoding",
          "upgrade");

  private RequestHeaders() {}

  /**
   * The headers, immutable.
   *
   * @throws IllegalArgumentException naming the header that cannot be sent
   */
  static Map<String, String> checked(Map<String, String> headers) {
    headers.forEach((name, value) -> {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("headers: '" + name + "' is no header name");
      }
      if (!VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "headers: the value of '" + name + "' must be printable ASCII on one line");
      }
      if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("headers: '" + name + "' is set by the client");
      }
    });
    return Map.copyOf(headers);
  }
}
