package dev.millrace.apps.draft.subtitle;

/** A file that holds no subtitles; the message says why and what to do. */
public final class UnusableSubtitlesException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableSubtitlesException(String message) {
    super(message);
  }
}
