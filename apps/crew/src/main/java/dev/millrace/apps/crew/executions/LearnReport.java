package dev.millrace.apps.crew.executions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was learned.
 *
 * @param executions that were looked at
 */
public record LearnReport(long executions, List<OfAgent> agents) {
  /**
   * What was learned of an agent.
   *
   * @param before its performance in percent; null for the first time
   * @param after the same now
   * @param meanSeconds how long its work takes; null if too few say
   */
  public record OfAgent(
      String agent,
      long runs,
      long succeeded,
      @Nullable Double before,
      double after,
      @Nullable Double meanSeconds) {}
}
