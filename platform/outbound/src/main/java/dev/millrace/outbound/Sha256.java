package dev.millrace.outbound;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every JDK has, so its absence is no case to handle. Confined to one thread. */
final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256; this is a bug", e);
    }
  }

  static String of(String text) {
    var sha = new Sha256();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update(bytes, bytes.length);
    return sha.hex();
  }

  void update(byte[] bytes, int count) {
    digest.update(bytes, 0, count);
  }

  /** Ends the digest, in lower case. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
