package dev.millrace.apps.crew.plan;

import java.util.Locale;

/** What a sync point waits for. */
public enum SyncType {
  VALIDATION,
  CHECKPOINT,
  QUALITY_GATE,
  CONSENSUS,
  /** That the stage is through, and nothing else. */
  DEPENDENCY;

  /** Whether it looks at nothing but rules. */
  boolean needsCriteria() {
    return this == VALIDATION || this == QUALITY_GATE;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
