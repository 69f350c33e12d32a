package dev.millrace.store;

import java.util.List;

/**
 * How well the store is, for the health page.
 *
 * @param reasons what is wrong and what to do, a sentence each; empty if all is well
 */
public record Health(State state, List<String> reasons) {
  /** Worst last. */
  public enum State {
    OK,
    /** Works, but somebody should look. */
    DEGRADED,
    /** The last write could not be made durable, or the file is damaged. */
    FAILED
  }

  public Health {
    reasons = List.copyOf(reasons);
  }
}
