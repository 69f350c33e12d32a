package dev.millrace.app;

/**
 * How a part is.
 *
 * @param state in three steps
 * @param detail what is wrong and what to do about it, or a word about what is right; may be empty
 */
public record PartHealth(State state, String detail) {
  /** From good to bad. */
  public enum State {
    /** Does all it should. */
    OK,
    /** Works, but somebody should look. */
    DEGRADED,
    /** Does not work. */
    FAILED
  }

  public static PartHealth ok(String detail) {
    return new PartHealth(State.OK, detail);
  }

  public static PartHealth degraded(String detail) {
    return new PartHealth(State.DEGRADED, detail);
  }

  public static PartHealth failed(String detail) {
    return new PartHealth(State.FAILED, detail);
  }
}
