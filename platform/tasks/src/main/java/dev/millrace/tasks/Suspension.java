package dev.millrace.tasks;

/**
 * Carries a run that waits out of its handler. An error, so that handlers do not catch it by
 * accident; one that does all the same changes nothing, because the run remembers.
 */
final class Suspension extends Error {
  private static final long serialVersionUID = 1;

  Suspension(String what) {
    super(what, null, false, false);
  }
}
