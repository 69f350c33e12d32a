package dev.millrace.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A backup that was made and verified.
 *
 * @param position what it includes
 * @param rows of each table
 */
public record BackupReport(
    Path file, long bytes, Position position, Map<String, Long> rows, Duration took) {
  public BackupReport {
    rows = Map.copyOf(rows);
  }
}
