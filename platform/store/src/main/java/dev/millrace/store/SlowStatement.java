package dev.millrace.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement that was slow. Holds no values, only their kinds and lengths.
 *
 * @param arguments such as {@code text(12)} or {@code integer}
 * @param caller the first line outside the store
 * @param traceparent the W3C trace context of the work, if it was given
 * @param plan how the database runs it, a line each; empty until it was asked
 */
public record SlowStatement(
    Instant at,
    Duration took,
    String fingerprint,
    List<String> arguments,
    long rows,
    String caller,
    @Nullable String traceparent,
    List<String> plan) {
  public SlowStatement {
    arguments = List.copyOf(arguments);
    plan = List.copyOf(plan);
  }

  SlowStatement withPlan(List<String> lines) {
    return new SlowStatement(at, took, fingerprint, arguments, rows, caller, traceparent, lines);
  }
}
