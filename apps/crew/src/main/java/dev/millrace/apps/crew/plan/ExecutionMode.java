package dev.millrace.apps.crew.plan;

/** How the parts of a plan or a stage follow each other. */
public enum ExecutionMode {
  SEQUENTIAL,
  PARALLEL,
  /** Stages one after the other, some of them parallel inside. */
  HYBRID
}
