package dev.millrace.apps.draft.spi;

/** An item cannot be made as it is written. */
public final class MaterialTypeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field of the item's {@code data}; empty for all of it
   * @param detail the value and what to do, such as {@code is 7; give a text}
   */
  public MaterialTypeException(String field, String detail) {
    super(detail);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
