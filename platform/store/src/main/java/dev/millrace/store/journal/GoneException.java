package dev.millrace.store.journal;

/**
 * The events asked for were trimmed and are gone. Read the present state instead, then go on with
 * the events after it. A server answers with 410.
 */
public final class GoneException extends RuntimeException {
  private final Cursor oldest;

  GoneException(Cursor asked, Cursor oldest) {
    super(
        "events after "
            + asked
            + " are gone, the journal begins after "
            + oldest
            + "; read the present state, then the events after its position");
    this.oldest = oldest;
  }

  /** After which events are still there. */
  public Cursor oldest() {
    return oldest;
  }
}
