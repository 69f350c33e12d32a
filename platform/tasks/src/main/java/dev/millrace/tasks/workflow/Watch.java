package dev.millrace.tasks.workflow;

import java.util.Map;

/**
 * What is looked at while a stage is at work: at its begin, after each of its tasks, and whenever
 * metrics are handed in. A rule whose metric nobody has measured yet says nothing. Immutable.
 *
 * @param criteria rules by metric, as those of a {@link SyncPoint}
 * @param stops whether the run fails where one does not hold, and what is at work is cancelled;
 *     true by default. Else the verdict is kept and the stage goes on
 */
public record Watch(Map<String, Object> criteria, Boolean stops) {
  public Watch {
    criteria = criteria == null ? Map.of() : Map.copyOf(criteria);
    stops = stops == null || stops;
  }
}
