package dev.millrace.tasks;

import java.time.Instant;

/** A line that a handler wrote about its run. */
public record LogLine(Instant at, Level level, String text) {
  /** How much it matters. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
