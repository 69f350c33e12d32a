package dev.millrace.apps.crew.analysis;

/** A file of rules cannot be used; the message names the file, the place and the remedy. */
public final class RuleException extends RuntimeException {
  RuleException(String message) {
    super(message);
  }

  RuleException(String message, Throwable cause) {
    super(message, cause);
  }
}
