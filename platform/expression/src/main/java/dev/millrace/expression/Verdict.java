package dev.millrace.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check of criteria found.
 *
 * @param success whether all hold
 * @param failed those that do not, in the order in which they were written
 * @param details all of them by criterion, in the same order
 */
public record Verdict(boolean success, List<Failure> failed, Map<String, Detail> details) {
  /**
   * A criterion that does not hold.
   *
   * @param criterion the metric's name, or the condition as it was written
   * @param rule what was asked for
   * @param actual what was handed in; null if nothing was
   * @param reason for people
   */
  public record Failure(String criterion, String rule, @Nullable Object actual, String reason) {}

  /** A criterion and how it fared. */
  public record Detail(String rule, @Nullable Object actual, boolean passed) {}
}
