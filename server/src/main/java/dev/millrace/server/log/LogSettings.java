package dev.millrace.server.log;

import dev.millrace.app.Setting;

/** What is logged, and how. */
public record LogSettings(
    @Setting(
            value = "info",
            doc = "The least severe level that is written: error, warn, info or debug.")
        Level level,
    @Setting(
            value = "text",
            doc = "How lines are written to standard error: text for people, json for collectors.")
        Format format) {

  /** The levels, most severe first. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /** The two ways to write a line. */
  public enum Format {
    TEXT,
    JSON
  }
}
