package dev.millrace.tasks;

/** What is encrypted cannot be read: its key is missing or is another one. Says what to do. */
public final class SealedException extends RuntimeException {
  SealedException(String message) {
    super(message, null, false, false);
  }
}
