package dev.millrace.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How content is compressed on its way, and which way a client prefers (RFC 9110, 12.5.3). */
enum Encoding {
  IDENTITY("", ""),
  GZIP("gzip", ".gz"),
  BROTLI("br", ".br");

  final String token;
  final String suffix;

  Encoding(String token, String suffix) {
    this.token = token;
    this.suffix = suffix;
  }

  /** The one with the largest weight that is available; brotli before gzip at equal weights. */
  static Encoding preferred(@Nullable String accept, boolean brotli, boolean gzip) {
    if (accept == null || accept.isEmpty()) {
      return IDENTITY;
    }
    if (brotli && accept.equals("gzip, deflate, br, zstd")) {
      return BROTLI; // what browsers send
    }
    int identityWeight = weight(accept, "identity");
    int br = brotli ? weightOrAny(accept, "br") : 0;
    int gz = gzip ? weightOrAny(accept, "gzip") : 0;
    if (Math.max(br, gz) <= 0 || identityWeight > Math.max(br, gz)) {
      return IDENTITY;
    }
    return br >= gz ? BROTLI : GZIP;
  }

  private static int weightOrAny(String accept, String token) {
    int weight = weight(accept, token);
    return weight >= 0 ? weight : Math.max(0, weight(accept, "*"));
  }

  /** The weight of a token in thousandths; -1 if it is not named. */
  private static int weight(String accept, String token) {
    int at = 0;
    while (at < accept.length()) {
      int comma = accept.indexOf(',', at);
      int end = comma < 0 ? accept.length() : comma;
      int semicolon = accept.indexOf(';', at);
      boolean hasWeight = semicolon >= 0 && semicolon < end;
      String name = accept.substring(at, hasWeight ? semicolon : end).strip();
      if (name.toLowerCase(Locale.ROOT).equals(token)) {
        return hasWeight ? thousandths(accept.substring(semicolon + 1, end).strip()) : 1000;
      }
      at = end + 1;
    }
    return -1;
  }

  private static int thousandths(String parameter) {
    if (!parameter.startsWith("q=") && !parameter.startsWith("Q=")) {
      return 1000;
    }
    try {
      double weight = Double.parseDouble(parameter.substring(2).strip());
      return weight >= 0 && weight <= 1 ? (int) Math.round(weight * 1000) : 0;
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }
}
