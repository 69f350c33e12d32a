package dev.millrace.apps.crew.decisions;

import java.util.List;

/**
 * What became of an import.
 *
 * @param backup the copy of the database that was made before anything was written
 * @param linked decisions whose successor was among the files
 * @param errors the first of them, at most {@value #MOST_ERRORS}
 */
public record ImportReport(
    String folder,
    String backup,
    int files,
    int imported,
    int failed,
    int linked,
    List<FileError> errors) {
  static final int MOST_ERRORS = 1_000;

  /** A file that was left out, and why. */
  public record FileError(String file, String why) {}
}
