package dev.millrace.tasks;

import java.util.function.UnaryOperator;

/**
 * Why an attempt failed, and which failures are of its kind. Immutable.
 *
 * @param fingerprint the same for failures of one kind, see {@link Fingerprint}
 * @param exception the full name of the outermost exception, or words where there was none
 * @param message the message without what changes from one failure to the next
 * @param error in one line, as it was
 * @param trace at length, as it was
 */
record Failure(String fingerprint, String exception, String message, String error, String trace) {
  private static final int SHORT = 500;

  /**
   * A failure of a handler.
   *
   * @param handler whose code is the user's own
   * @param veil hides what nobody is shown
   */
  static Failure of(
      Throwable thrown, Class<?> handler, String error, String trace, UnaryOperator<String> veil) {
    String message = thrown.getMessage();
    return new Failure(
        Fingerprint.of(thrown, handler),
        thrown.getClass().getName(),
        message == null ? "" : Texts.shortened(Fingerprint.normal(veil.apply(message)), SHORT),
        error,
        trace);
  }

  /**
   * A failure for which no exception is to blame.
   *
   * @param words what kind of failure
   */
  static Failure of(String words, String type, String error, String trace) {
    return new Failure(
        Fingerprint.of(words, type),
        words,
        Texts.shortened(Fingerprint.normal(error), SHORT),
        error,
        trace);
  }

  /** Without anything that the failure says: its task is encrypted, and tells more. */
  Failure untold() {
    String words = "(encrypted; the tasks tell)";
    return new Failure(fingerprint, exception, words, exception, words);
  }

  /** Counted with all others of its exception: for when there are too many kinds. */
  Failure coarse() {
    return new Failure(
        Fingerprint.of(exception, "any message"), exception, "(any message)", error, trace);
  }
}
