package dev.millrace.apps.draft.document;

/**
 * An operation that cannot be done to a draft.
 *
 * <p>Its message names the value and the remedy.
 */
public final class EditException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String code;

  /**
   * @param field of the operation, as a JSON pointer within it; empty for the whole operation
   * @param code stable word for programs
   */
  public EditException(String field, String code, String message) {
    super(message);
    this.field = field;
    this.code = code;
  }

  /** JSON pointer within the operation. */
  public String field() {
    return field;
  }

  /** Stable word for programs. */
  public String code() {
    return code;
  }

  /** What is wrong. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
