package dev.millrace.outbound;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request with a small answer. Immutable; start with {@link #get} or {@link #post}.
 *
 * @param method in upper case
 * @param url http or https
 * @param headers sent along; those that say who asks stay with the first origin
 * @param body what to send, or null
 * @param maxBytes of the answer's body
 * @param total time for all attempts, or null for the configuration's
 * @param repeatable whether it may be sent twice when it is not known to have arrived
 */
public record WebRequest(
    String method,
    String url,
    Map<String, String> headers,
    @Nullable String body,
    String contentType,
    int maxBytes,
    @Nullable Duration total,
    boolean repeatable) {
  private static final int DEFAULT_MAX_BYTES = 1 << 20;
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

  public WebRequest {
    headers = RequestHeaders.checked(headers);
    if (!method.equals(method.toUpperCase(Locale.ROOT)) || method.isBlank()) {
      throw new IllegalArgumentException("method must be in upper case, not '" + method + "'");
    }
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes must be 0 or more, not " + maxBytes);
    }
  }

  /** A GET with an answer of up to 1 MiB. */
  public static WebRequest get(String url) {
    return of("GET", url, null, "text/plain");
  }

  /** A POST of JSON with an answer of up to 1 MiB; sent once, unless made repeatable. */
  public static WebRequest post(String url, String json) {
    return of("POST", url, json, "application/json");
  }

  /** Any method; the idempotent ones (RFC 9110, 9.2.2) are repeatable. */
  public static WebRequest of(
      String method, String url, @Nullable String body, String contentType) {
    return new WebRequest(
        method,
        url,
        Map.of(),
        body,
        contentType,
        DEFAULT_MAX_BYTES,
        null,
        REPEATABLE.contains(method));
  }

  public WebRequest withHeaders(Map<String, String> more) {
    return new WebRequest(method, url, more, body, contentType, maxBytes, total, repeatable);
  }

  public WebRequest withMaxBytes(int bytes) {
    return new WebRequest(method, url, headers, body, contentType, bytes, total, repeatable);
  }

  public WebRequest withTotal(Duration limit) {
    return new WebRequest(method, url, headers, body, contentType, maxBytes, limit, repeatable);
  }

  public WebRequest withRepeatable(boolean twice) {
    return new WebRequest(method, url, headers, body, contentType, maxBytes, total, twice);
  }
}
