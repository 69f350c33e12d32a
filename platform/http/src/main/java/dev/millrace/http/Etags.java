package dev.millrace.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Strong validators: the first 128 bits of SHA-256, marked with the encoding they go with. */
final class Etags {
  private Etags() {}

  static String of(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The header's value; the same content in two encodings is two things to a cache. */
  static String quoted(String tag, Encoding encoding) {
    return encoding == Encoding.IDENTITY
        ? "\"" + tag + "\""
        : "\"" + tag + "-" + encoding.token + "\"";
  }

  /** Whether If-None-Match names the tag, in whatever encoding. */
  static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String part : ifNoneMatch.split(",", -1)) {
      String named = part.strip();
      if (named.equals("*")) {
        return true;
      }
      String bare = named.startsWith("W/") ? named.substring(2) : named;
      if (bare.startsWith("\"" + tag) && isEnd(bare.substring(tag.length() + 1))) {
        return true;
      }
    }
    return false;
  }

  /** Whether If-None-Match names exactly this quoted tag. */
  static boolean contains(@Nullable String ifNoneMatch, String quoted) {
    return ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(quoted));
  }

  private static boolean isEnd(String rest) {
    return rest.equals("\"") || rest.equals("-br\"") || rest.equals("-gzip\"");
  }
}
