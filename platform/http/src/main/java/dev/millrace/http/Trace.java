package dev.millrace.http;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who a request is in logs and traces. Ids are made when they are asked for, and only then.
 *
 * <p>Format of traceparent: W3C Trace Context, section 3.2, version 00.
 */
final class Trace {
  private static final int LENGTH = 55;
  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

  private @Nullable String traceparent;
  private @Nullable String requestId;

  /** Takes over what the client sent, as far as it is well-formed. */
  Trace(@Nullable String traceparent, @Nullable String requestId) {
    this.traceparent = traceparent != null && isTraceparent(traceparent) ? traceparent : null;
    this.requestId = requestId != null && isRequestId(requestId) ? requestId : null;
  }

  String requestId() {
    String id = requestId;
    if (id == null) {
      // The trace id serves as the request id, so that one search finds both.
      id = traceparent().substring(3, 35);
      requestId = id;
    }
    return id;
  }

  String traceparent() {
    String trace = traceparent;
    if (trace == null) {
      trace = fresh();
      traceparent = trace;
    }
    return trace;
  }

  @SuppressWarnings("deprecation") // the constructor that makes a Latin-1 string without decoding
  private static String fresh() {
    var random = ThreadLocalRandom.current();
    var text = new byte[LENGTH];
    text[0] = '0';
    text[1] = '0';
    text[2] = '-';
    hex(random.nextLong(), text, 3);
    hex(random.nextLong() | 1, text, 19);
    text[35] = '-';
    hex(random.nextLong() | 1, text, 36);
    text[52] = '-';
    text[53] = '0';
    text[54] = '1';
    return new String(text, 0);
  }

  private static void hex(long value, byte[] text, int at) {
    for (int i = 0; i < 16; i++) {
      text[at + i] = HEX[(int) (value >>> (60 - 4 * i)) & 15];
    }
  }

  private static boolean isTraceparent(String value) {
    if (value.length() != LENGTH || !value.startsWith("00-")) {
      return false;
    }
    return isHex(value, 3, 35)
        && value.charAt(35) == '-'
        && isHex(value, 36, 52)
        && value.charAt(52) == '-'
        && isHex(value, 53, 55)
        && !isZero(value, 3, 35)
        && !isZero(value, 36, 52);
  }

  private static boolean isHex(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = value.charAt(i);
      if (!isDigit(c) && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      if (value.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static boolean isRequestId(String value) {
    if (value.isEmpty() || value.length() > 64) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!plain && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
