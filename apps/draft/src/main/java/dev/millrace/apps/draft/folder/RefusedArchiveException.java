package dev.millrace.apps.draft.folder;

/** An archive that is not taken; the message says why and what to do. */
public final class RefusedArchiveException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedArchiveException(String message) {
    super(message);
  }
}
