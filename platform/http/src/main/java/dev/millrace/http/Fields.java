package dev.millrace.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Header fields that are sent again and again, encoded once. */
final class Fields {
  /** The media type of RFC 9512. */
  static final String YAML = "application/yaml";

  static final HttpField JSON = field(HttpHeader.CONTENT_TYPE, "application/json");
  static final HttpField PROBLEM = field(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
  static final HttpField EVENTS = field(HttpHeader.CONTENT_TYPE, "text/event-stream");
  static final HttpField NOT_STORED = field(HttpHeader.CACHE_CONTROL, "no-store");
  static final HttpField CHECKED_AGAIN = field(HttpHeader.CACHE_CONTROL, "private, no-cache");
  static final HttpField IMMUTABLE =
      field(HttpHeader.CACHE_CONTROL, "public, max-age=31536000, immutable");
  static final HttpField NO_SNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
  static final HttpField NO_REFERRER = new PreEncodedHttpField("Referrer-Policy", "no-referrer");
  static final HttpField SAME_ORIGIN =
      new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin");
  static final HttpField OPENER =
      new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin");
  static final HttpField NO_BUFFERING = new PreEncodedHttpField("X-Accel-Buffering", "no");
  static final HttpField RANGES = field(HttpHeader.ACCEPT_RANGES, "bytes");
  static final HttpField VARY_ENCODING = field(HttpHeader.VARY, "Accept-Encoding");
  static final HttpField VARY_ORIGIN = field(HttpHeader.VARY, "Origin");
  static final HttpField GZIP = field(HttpHeader.CONTENT_ENCODING, "gzip");
  static final HttpField BROTLI = field(HttpHeader.CONTENT_ENCODING, "br");

  /** Answers of the API are data: nothing in them may run, load or be framed. */
  static final HttpField API_POLICY =
      new PreEncodedHttpField(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  /**
   * Pages load from this server only, and nothing inline but the style attributes of single
   * elements, by which an editor places its marks.
   */
  static final HttpField PAGE_POLICY =
      new PreEncodedHttpField(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; style-src-attr"
              + " 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self';"
              + " frame-ancestors 'none'");

  /** The page at /api needs even less. */
  static final HttpField API_PAGE_POLICY =
      new PreEncodedHttpField(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

  private static final int MOST_TYPES = 64;
  private static final ConcurrentMap<String, HttpField> TYPES = new ConcurrentHashMap<>();

  private Fields() {}

  private static HttpField field(HttpHeader header, String value) {
    return new PreEncodedHttpField(header, value);
  }

  /** The field of a content type; types come from endpoints, so there are few. */
  static HttpField contentType(String type) {
    HttpField known = TYPES.get(type);
    if (known == null) {
      known = field(HttpHeader.CONTENT_TYPE, type);
      if (TYPES.size() < MOST_TYPES) {
        TYPES.put(type, known);
      }
    }
    return known;
  }
}
