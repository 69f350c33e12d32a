package dev.millrace.tasks.workflow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a run of a workflow learns between two decisions. */
public sealed interface News {
  /**
   * The tasks of a batch are over.
   *
   * @param results of the tasks in the order of their inputs; empty if one failed
   * @param error why one failed; null if none did
   */
  record Over(String batch, List<JsonNode> results, @Nullable String error) implements News {}

  /** Start nothing new. */
  record Pause() implements News {}

  /** Go on. */
  record Resume() implements News {}

  /** A person's word on the sync point of a stage. */
  record Answer(String stage, boolean approved, @Nullable String by, @Nullable String comment)
      implements News {}

  /** Metrics for the sync point of a stage. */
  record Metrics(String stage, Map<String, Object> metrics) implements News {}

  /** Begin again with a stage; what comes behind it begins anew too. */
  record Rollback(String stage) implements News {}

  /** The failed run is driven again: what failed begins anew. */
  record Again() implements News {}
}
