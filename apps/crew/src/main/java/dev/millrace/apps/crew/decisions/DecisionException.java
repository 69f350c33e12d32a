package dev.millrace.apps.crew.decisions;

/** A decision cannot be recorded or changed; the message names the values and the remedy. */
public final class DecisionException extends RuntimeException {
  /** What kind of refusal it is. */
  public enum Reason {
    /** There is no such decision. */
    NOT_FOUND,
    /** Its state does not allow that. */
    CONFLICT
  }

  private final Reason reason;

  DecisionException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
