package dev.millrace.store;

import java.nio.file.Path;
import java.util.List;

/**
 * A backup that was put in place.
 *
 * @param position where the restored database begins, in a history of its own
 * @param setAside the files of the database that was there before, empty if there was none
 */
public record RestoreReport(Path file, Position position, List<Path> setAside) {
  public RestoreReport {
    setAside = List.copyOf(setAside);
  }
}
