package dev.millrace.apps.crew.gates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds up reports and says what they come to as metrics. Not thread-safe.
 *
 * <p>Known are JUnit XML ({@code testsuite}, {@code testsuites}), JaCoCo XML ({@code report}),
 * Cobertura XML ({@code coverage}) and exit codes of programs. Metrics are {@code tests}, {@code
 * tests_failed}, {@code tests_skipped}, {@code tests_passed} (percent of those that were not
 * skipped), {@code coverage} (percent of lines), {@code coverage_branches} (percent), {@code
 * exit_<name>} and {@code commands_succeeded}. What nothing was read about is absent.
 */
public final class Reports {
  /** A larger report is refused. */
  public static final long MOST_BYTES = 64L << 20;

  private static final int MOST_FILES = 10_000;

  private long tests;
  private long failed;
  private long skipped;
  private boolean testsSeen;
  private final Share lines = new Share();
  private final Share branches = new Share();
  private final Map<String, Integer> exits = new LinkedHashMap<>();

  /** Something covered of something in all. */
  private static final class Share {
    double covered;
    double all;

    void add(double more, double of) {
      covered += more;
      all += of;
    }

    @Nullable Double percent() {
      return all == 0 ? null : rounded(100 * covered / all);
    }
  }

  /**
   * Adds a report, whichever of the known kinds it is.
   *
   * @param name for messages
   * @throws ReportException naming file and line
   */
  public Reports add(String name, byte[] content) throws ReportException {
    if (content.length > MOST_BYTES) {
      throw new ReportException(
          name + " has " + content.length + " bytes; at most " + MOST_BYTES + " are read");
    }
    try (Xml xml = Xml.open(name, new ByteArrayInputStream(content))) {
      String found = xml.next();
      String root = found == null ? "" : found;
      switch (root) {
        case "testsuite", "testsuites" -> junit(xml, root);
        case "report" -> jacoco(xml);
        case "coverage" -> cobertura(xml);
        default ->
            throw xml.problem(
                "the root is <"
                    + root
                    + ">; known are testsuite and testsuites (JUnit), report (JaCoCo) and coverage"
                    + " (Cobertura)");
      }
    }
    return this;
  }

  /**
   * Adds a file, or all files {@code *.xml} of a folder, as surefire leaves them.
   *
   * @throws ReportException naming file and line, or the folder if it holds no report
   */
  public Reports add(Path path) throws ReportException {
    try {
      if (!Files.isDirectory(path)) {
        if (Files.size(path) > MOST_BYTES) {
          throw new ReportException(
              path + " has " + Files.size(path) + " bytes; at most " + MOST_BYTES + " are read");
        }
        return add(path.toString(), Files.readAllBytes(path));
      }
      List<Path> files;
      try (Stream<Path> all = Files.list(path)) {
        files =
            all.filter(file -> file.getFileName().toString().endsWith(".xml"))
                .sorted()
                .limit(MOST_FILES + 1L)
                .toList();
      }
      if (files.isEmpty() || files.size() > MOST_FILES) {
        throw new ReportException(
            path
                + (files.isEmpty()
                    ? " holds no *.xml"
                    : " holds more than " + MOST_FILES + " *.xml")
                + "; name the folder that the test run wrote to");
      }
      for (Path file : files) {
        add(file);
      }
      return this;
    } catch (IOException failure) {
      throw new ReportException(path + " cannot be read: " + failure, failure);
    }
  }

  /** Adds what a program ended with. */
  public Reports addExit(String name, int code) {
    exits.put(name, code);
    return this;
  }

  /**
   * The numbers of a suite are trusted where they stand; suites without them are counted. Suites
   * within a suite that has numbers are part of these.
   */
  private void junit(Xml xml, String root) throws ReportException {
    testsSeen = true;
    String name = root;
    int counted = Integer.MAX_VALUE;
    boolean inCase = false;
    do {
      if (xml.depth() <= counted) {
        counted = Integer.MAX_VALUE;
      }
      if (counted != Integer.MAX_VALUE) {
        continue;
      }
      switch (name) {
        case "testsuite" -> {
          if (xml.text("tests") != null) {
            tests += xml.count("tests");
            failed += xml.count("failures") + xml.count("errors");
            skipped += xml.text("skipped") == null ? xml.count("disabled") : xml.count("skipped");
            counted = xml.depth();
          }
        }
        case "testcase" -> {
          tests++;
          inCase = true;
        }
        case "failure", "error" -> {
          failed += inCase ? 1 : 0;
          inCase = false;
        }
        case "skipped" -> {
          skipped += inCase ? 1 : 0;
          inCase = false;
        }
        default -> {
          // Properties and output say nothing about numbers.
        }
      }
    } while ((name = xml.next()) != null);
  }

  /** The counters directly below the report are its sums; a group's report has them too. */
  private void jacoco(Xml xml) throws ReportException {
    boolean seen = false;
    for (String name = xml.next(); name != null; name = xml.next()) {
      if (name.equals("counter") && xml.depth() == 2) {
        Share share =
            switch (String.valueOf(xml.text("type"))) {
              case "LINE" -> lines;
              case "BRANCH" -> branches;
              default -> null;
            };
        if (share != null) {
          long covered = xml.count("covered");
          share.add((double) covered, (double) (covered + xml.count("missed")));
          seen = true;
        }
      }
    }
    if (!seen) {
      throw xml.problem("the report has no counter of lines or branches; is it JaCoCo's?");
    }
  }

  /** The counts of the root where it has them, else its rates over the lines that follow. */
  private void cobertura(Xml xml) throws ReportException {
    Double lineRate = xml.number("line-rate");
    Double branchRate = xml.number("branch-rate");
    long valid = xml.count("lines-valid");
    long covered = xml.count("lines-covered");
    long branchesValid = xml.count("branches-valid");
    long branchesCovered = xml.count("branches-covered");
    if (lineRate == null && valid == 0) {
      throw xml.problem("<coverage> has neither line-rate nor lines-valid; is it Cobertura's?");
    }
    if (lineRate != null && lineRate > 1) {
      throw xml.problem("line-rate is " + lineRate + "; it must be 0 to 1");
    }
    if (valid == 0) {
      Set<String> places = new HashSet<>();
      String file = "";
      for (String name = xml.next(); name != null; name = xml.next()) {
        if (name.equals("class")) {
          file = String.valueOf(xml.text("filename"));
        } else if (name.equals("line") && places.add(file + ":" + xml.text("number"))) {
          valid++;
          covered += xml.count("hits") > 0 ? 1 : 0;
        }
      }
    }
    if (valid > 0) {
      lines.add((double) covered, (double) valid);
    } else if (lineRate != null) {
      lines.add(lineRate, 1);
    }
    if (branchesValid > 0) {
      branches.add((double) branchesCovered, (double) branchesValid);
    } else if (branchRate != null && branchRate > 0) {
      branches.add(branchRate, 1);
    }
  }

  /** What was read, by the name of the metric. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (testsSeen) {
      metrics.put("tests", (double) tests);
      metrics.put("tests_failed", (double) failed);
      metrics.put("tests_skipped", (double) skipped);
      long run = tests - skipped;
      // A run without a test proves nothing.
      metrics.put("tests_passed", run <= 0 ? 0 : rounded(100.0 * Math.max(0, run - failed) / run));
    }
    put(metrics, "coverage", lines.percent());
    put(metrics, "coverage_branches", branches.percent());
    exits.forEach((name, code) -> metrics.put("exit_" + name, (double) code));
    if (!exits.isEmpty()) {
      long good = exits.values().stream().filter(code -> code == 0).count();
      metrics.put("commands_succeeded", rounded(100.0 * good / exits.size()));
    }
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String name, @Nullable Double value) {
    if (value != null) {
      metrics.put(name, value);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
