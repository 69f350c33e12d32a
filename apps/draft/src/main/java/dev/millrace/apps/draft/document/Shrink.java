package dev.millrace.apps.draft.document;

/** What becomes of a segment whose new material is shorter. */
public enum Shrink {
  /** Begins later, and ends where it did. */
  CUT_HEAD,
  /** Begins where it did, and ends sooner. */
  CUT_TAIL,
  /** Ends sooner, and what follows on its track moves up. */
  SHIFT
}
