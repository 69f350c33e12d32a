package dev.millrace.server.webhooks;

import dev.millrace.tasks.SealedException;
import dev.millrace.tasks.Sealing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a web hook as they stand in its row: sealed if there was a key. Immutable.
 *
 * @param newest signs
 * @param old signs as well until {@code oldUntil}, so that receivers can change to the new one
 */
record Secrets(String newest, @Nullable String old, @Nullable Instant oldUntil) {

  private static String place(String webhook) {
    return "webhook " + webhook;
  }

  /** The only secret of a web hook. */
  static Secrets of(String webhook, Secret secret, Sealing sealing) {
    return new Secrets(sealing.seal(place(webhook), secret.reveal()), null, null);
  }

  /** With a new secret; the one so far signs as well until then. */
  Secrets rotated(String webhook, Secret secret, Instant until, Instant now, Sealing sealing) {
    String fresh = sealing.seal(place(webhook), secret.reveal());
    return until.isAfter(now) ? new Secrets(fresh, newest, until) : new Secrets(fresh, null, null);
  }

  /**
   * What signs now, the newest first.
   *
   * @throws SealedException if the key of the newest is missing
   */
  List<Secret> signing(String webhook, Instant now, Sealing sealing) {
    var signing = new ArrayList<Secret>();
    signing.add(opened(webhook, newest, sealing));
    if (old != null && oldUntil != null && now.isBefore(oldUntil)) {
      try {
        signing.add(opened(webhook, old, sealing));
      } catch (SealedException _) {
        // Its key is lost, and that may be why there is a new secret.
      }
    }
    return signing;
  }

  private static Secret opened(String webhook, String stored, Sealing sealing) {
    return Secret.parse(sealing.open(place(webhook), stored))
        .orElseThrow(() -> new IllegalStateException("web hook " + webhook + " has no secret"));
  }

  /** Whether all is sealed as it would be now. */
  boolean areFresh(Sealing sealing) {
    return sealing.isFresh(newest) && (old == null || sealing.isFresh(old));
  }

  /**
   * The same, sealed with the newest key.
   *
   * @throws SealedException if a key is missing
   */
  Secrets resealed(String webhook, Sealing sealing) {
    return new Secrets(
        resealed(webhook, newest, sealing),
        old == null ? null : resealed(webhook, old, sealing),
        oldUntil);
  }

  private static String resealed(String webhook, String stored, Sealing sealing) {
    return sealing.seal(place(webhook), sealing.open(place(webhook), stored));
  }

  /** Tells nobody a secret. */
  @Override
  public String toString() {
    return "Secrets" + (oldUntil == null ? "" : " until " + oldUntil);
  }
}
