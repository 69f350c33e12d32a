package dev.millrace.apps.crew.work;

/** The work was done and failed; whether it is tried again depends on its priority. */
final class WorkFailure extends Exception {
  private static final long serialVersionUID = 1;

  WorkFailure(String message) {
    super(message);
  }
}
