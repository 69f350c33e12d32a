package dev.millrace.apps.draft.document;

/** A folder holds no draft that can be read; the message says why and what to do. */
public final class UnreadableDraftException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableDraftException(String message) {
    super(message);
  }
}
