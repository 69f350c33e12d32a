package dev.millrace.apps.crew.analysis;

/** Whether the work is staged and gated. */
public enum Tier {
  /** One or few agents, no gates. */
  STANDARD,
  /** Stages, each ending in a sync point or a gate. */
  PREMIUM
}
