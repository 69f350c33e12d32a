package dev.millrace.store.journal;

/** A follower cannot do what was asked, because it is lost or was stopped. */
public final class FollowerException extends RuntimeException {
  FollowerException(String message) {
    super(message);
  }
}
