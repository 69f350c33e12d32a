package dev.millrace.apps.draft.document;

/** What becomes of a segment whose new material is longer. */
public enum Extend {
  /** Keeps its length; the rest of the material is not shown. */
  CUT,
  /** Shows the whole material, and pushes what follows on its track as far as it must. */
  PUSH
}
