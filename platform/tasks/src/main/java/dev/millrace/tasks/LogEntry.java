package dev.millrace.tasks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A line of a task's log as it is stored.
 *
 * @param at Unix time in µs, strictly ascending within a task
 */
record LogEntry(long at, LogLine.Level level, String text) {
  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  LogLine line() {
    return new LogLine(Instant.EPOCH.plus(at, ChronoUnit.MICROS), level, text);
  }
}
