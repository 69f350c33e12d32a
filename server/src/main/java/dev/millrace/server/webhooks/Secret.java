package dev.millrace.server.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a receiver knows the sender by: a key for HMAC-SHA256 in the form of Standard Webhooks 1.0.0
 * ({@code whsec_} and 24 to 64 bytes in base64). Immutable; never shown by {@link #toString}.
 */
final class Secret {
  private static final String PREFIX = "whsec_";
  private static final int LEAST = 24;
  private static final int MOST = 64;
  private static final int MADE = 32;

  private final byte[] key;

  private Secret(byte[] key) {
    this.key = key;
  }

  /** A new one. */
  static Secret random() {
    byte[] key = new byte[MADE];
    new SecureRandom().nextBytes(key);
    return new Secret(key);
  }

  /** The secret of that form, or nothing if the text is none. */
  static Optional<Secret> parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return key.length < LEAST || key.length > MOST
          ? Optional.empty()
          : Optional.of(new Secret(key));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** As the receiver is given it; for the table and for the one answer that shows it. */
  String reveal() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /**
   * A signature, of which {@code webhook-signature} may have several.
   *
   * @param seconds Unix time, as in {@code webhook-timestamp}
   */
  String sign(String message, long seconds, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signed = message + '.' + seconds + '.' + body;
      byte[] digest = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HMAC-SHA256", impossible);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "(hidden)";
  }
}
