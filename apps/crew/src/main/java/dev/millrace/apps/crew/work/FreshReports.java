package dev.millrace.apps.crew.work;

import dev.millrace.apps.crew.gates.ReportException;
import dev.millrace.apps.crew.gates.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** Reads reports that a program has just written; older ones would open a gate for nothing. */
final class FreshReports {
  /** How far the clock of the files may be behind. */
  private static final long SLACK_MILLIS = 100;

  private FreshReports() {}

  /**
   * Adds up the reports.
   *
   * @param names files, or folders of them, within {@code folder}
   * @throws ReportException if one is missing, older than {@code begin}, or cannot be read
   */
  static Reports read(Path folder, List<String> names, Instant begin)
      throws ReportException, IOException {
    Reports reports = new Reports();
    for (String name : names) {
      Path named = folder.resolve(name).normalize();
      if (!named.startsWith(folder) || !Files.exists(named)) {
        throw ReportException.of(name + " is not there in the working folder");
      }
      Path path = WorkFolders.inside(folder, named);
      List<Path> files = Files.isDirectory(path) ? files(path) : List.of(path);
      List<Path> fresh = files.stream().filter(file -> isFresh(file, begin)).toList();
      if (fresh.isEmpty()) {
        throw ReportException.of(
            name + (files.isEmpty() ? " holds no *.xml" : " was not written by this run"));
      }
      for (Path file : fresh) {
        reports.add(WorkFolders.inside(folder, file));
      }
    }
    return reports;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(".xml")).sorted().toList();
    }
  }

  private static boolean isFresh(Path file, Instant begin) {
    try {
      long written = Files.getLastModifiedTime(file).toMillis();
      // Some file systems know whole seconds only.
      Instant least =
          written % 1_000 == 0
              ? begin.truncatedTo(ChronoUnit.SECONDS)
              : begin.minusMillis(SLACK_MILLIS);
      return written >= least.toEpochMilli();
    } catch (IOException gone) {
      return false;
    }
  }
}
