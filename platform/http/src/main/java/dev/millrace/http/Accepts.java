package dev.millrace.http;

import java.util.Locale;

/** Content types as clients name them, without the regular expressions of a full parser. */
final class Accepts {
  private Accepts() {}

  /** Whether an Accept header covers a content type. Weights matter only when they are zero. */
  static boolean covers(String accept, String contentType) {
    String type = bare(contentType);
    String range = type.substring(0, type.indexOf('/') + 1) + "*";
    for (String part : accept.split(",", -1)) {
      String name = bare(part);
      boolean named = name.equals("*/*") || name.equals(type) || name.equals(range);
      if (named && !isZero(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isZero(String part) {
    int q = part.indexOf("q=");
    return q >= 0 && part.substring(q + 2).strip().matches("0(\\.0*)?");
  }

  /** Whether a Content-Type header names a type; {@code application/x+json} is JSON too. */
  static boolean isOf(String header, String contentType) {
    if (header.equals(contentType)) {
      return true;
    }
    String bare = bare(header);
    return bare.equals(contentType)
        || (contentType.equals("application/json")
            && bare.startsWith("application/")
            && bare.endsWith("+json"));
  }

  private static String bare(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
