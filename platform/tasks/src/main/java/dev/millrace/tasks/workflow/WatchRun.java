package dev.millrace.tasks.workflow;

import dev.millrace.expression.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a stage that is watched fares. Immutable.
 *
 * @param metrics what was handed in while it was at work; its sync point knows them, too
 * @param verdict what was found last; null while nothing was measured
 */
public record WatchRun(Map<String, Object> metrics, @Nullable Verdict verdict) {
  static final WatchRun NOTHING = new WatchRun(Map.of(), null);

  WatchRun with(Map<String, Object> more) {
    var all = new HashMap<>(metrics);
    all.putAll(more);
    return new WatchRun(Map.copyOf(all), verdict);
  }

  WatchRun found(Verdict now) {
    return new WatchRun(metrics, now);
  }
}
