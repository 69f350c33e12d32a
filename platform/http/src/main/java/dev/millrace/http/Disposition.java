package dev.millrace.http;

import java.nio.charset.StandardCharsets;

/** The header that makes a browser save an answer under a name (RFC 6266, RFC 8187). */
final class Disposition {
  private static final String PLAIN = "!#$&+-.^_`|~";

  private Disposition() {}

  static String attachment(String name) {
    var ascii = new StringBuilder();
    var encoded = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      ascii.append(c >= ' ' && c < 127 && "\"\\/%:*?<>|".indexOf(c) < 0 ? c : '_');
    }
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }
}
