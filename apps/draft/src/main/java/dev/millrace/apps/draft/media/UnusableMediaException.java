package dev.millrace.apps.draft.media;

/** A file that is not the media it should be; the message says what it is and what to do. */
public final class UnusableMediaException extends Exception {
  /** The code of formats that another program may know. */
  static final String UNSUPPORTED = "media-unsupported";

  private static final long serialVersionUID = 1L;

  private final String code;

  UnusableMediaException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Stable word for programs: media-empty, -not-media, -truncated, -corrupt or -unsupported. */
  public String code() {
    return code;
  }

  static UnusableMediaException truncated(String format, String what) {
    return new UnusableMediaException(
        "media-truncated",
        "the " + format + " is cut off: " + what + "; check that the link serves the whole file");
  }

  static UnusableMediaException corrupt(String format, String what) {
    return new UnusableMediaException(
        "media-corrupt",
        "the " + format + " is damaged: " + what + "; save the file again in its program");
  }
}
