package dev.millrace.app;

import dev.millrace.store.Finding;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a part is.
 *
 * @param state in three steps
 * @param detail what is wrong and what to do about it, or a word about what is right; may be empty
 * @param findings the same in codes and facts, so that a page can say it in its reader's language;
 *     empty if the detail is all there is
 */
public record PartHealth(State state, String detail, List<Finding> findings) {
  /** From good to bad. */
  public enum State {
    /** Does all it should. */
    OK,
    /** Works, but somebody should look. */
    DEGRADED,
    /** Does not work. */
    FAILED
  }

  public PartHealth {
    findings = List.copyOf(findings);
  }

  /** A part in this state because of what was found. */
  public static PartHealth of(State state, List<Finding> findings) {
    return new PartHealth(
        state, findings.stream().map(Finding::text).collect(Collectors.joining(" ")), findings);
  }

  public static PartHealth ok(String detail) {
    return new PartHealth(State.OK, detail, List.of());
  }

  public static PartHealth ok(Finding finding) {
    return of(State.OK, List.of(finding));
  }

  public static PartHealth degraded(String detail) {
    return new PartHealth(State.DEGRADED, detail, List.of());
  }

  public static PartHealth degraded(Finding finding) {
    return of(State.DEGRADED, List.of(finding));
  }

  public static PartHealth failed(String detail) {
    return new PartHealth(State.FAILED, detail, List.of());
  }

  public static PartHealth failed(Finding finding) {
    return of(State.FAILED, List.of(finding));
  }
}
