package dev.millrace.store;

import java.util.List;

/**
 * How well the store is, for the health page.
 *
 * @param findings what is wrong and what to do, worst first; empty if all is well
 */
public record Health(State state, List<Finding> findings) {
  /** Worst last. */
  public enum State {
    OK,
    /** Works, but somebody should look. */
    DEGRADED,
    /** The last write could not be made durable, or the file is damaged. */
    FAILED
  }

  public Health {
    findings = List.copyOf(findings);
  }
}
