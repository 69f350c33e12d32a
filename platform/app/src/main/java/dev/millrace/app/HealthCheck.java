package dev.millrace.app;

/** Tells how a part is, at once and without blocking. Thread-safe. */
@FunctionalInterface
public interface HealthCheck {
  /** A part that has nothing that can fail. */
  HealthCheck ALWAYS_OK = () -> PartHealth.ok("");

  PartHealth health();
}
