package dev.millrace.apps.crew.plan;

/** How the parts of a plan or a stage follow each other. */
public enum ExecutionMode {
  SEQUENTIAL,
  PARALLEL,
  /** A stage's tasks at the same time, and a check where all of them are through. */
  PARALLEL_THEN_SYNC,
  /** Stages one after the other, some of them parallel inside. */
  HYBRID,
  /** Groups of a stage's tasks one after the other, in the order of stages; parallel inside. */
  LAYERED,
  /** Groups of a stage's tasks at the same time, by what they do; one after the other inside. */
  DOMAIN_PARALLEL;

  /** Whether tasks of a stage wait for some of those before them, but not for all. */
  public boolean isGrouped() {
    return this == LAYERED || this == DOMAIN_PARALLEL;
  }
}
