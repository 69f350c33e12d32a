package dev.millrace.tasks.workflow;

import dev.millrace.expression.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a sync point fares. Immutable.
 *
 * @param status checking, succeeded or failed
 * @param until how long it waits
 * @param escalated whether the time limit was over once
 * @param metrics what was handed in
 * @param by who decided
 * @param comment what they said
 * @param verdict what the check found; null before
 */
public record SyncRun(
    Status status,
    Instant until,
    boolean escalated,
    Map<String, Object> metrics,
    @Nullable String by,
    @Nullable String comment,
    @Nullable Verdict verdict) {

  static SyncRun begun(Instant until) {
    return new SyncRun(Status.CHECKING, until, false, Map.of(), null, null, null);
  }

  SyncRun escalatedUntil(Instant later) {
    return new SyncRun(status, later, true, metrics, by, comment, verdict);
  }

  SyncRun with(Map<String, Object> more) {
    var all = new HashMap<>(metrics);
    all.putAll(more);
    return new SyncRun(status, until, escalated, Map.copyOf(all), by, comment, verdict);
  }

  SyncRun decided(boolean passed, @Nullable String who, @Nullable String what, Verdict found) {
    return new SyncRun(
        passed ? Status.SUCCEEDED : Status.FAILED, until, escalated, metrics, who, what, found);
  }
}
