package dev.millrace.apps.crew.plan;

/** What a sync point waits for. */
public enum SyncType {
  VALIDATION,
  CHECKPOINT,
  QUALITY_GATE,
  CONSENSUS,
  DEPENDENCY
}
