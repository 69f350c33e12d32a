package dev.millrace.apps.crew.analysis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules as a file has them. Every part may be absent; see {@code docs/crew.md} for the meaning.
 */
record RuleFile(
    @Nullable List<Words> keywords,
    @Nullable List<Points> complexity,
    @Nullable List<Domain> domains,
    @Nullable List<Words> premium,
    @Nullable List<Roles> roles,
    @Nullable Map<String, List<String>> defaults,
    @Nullable List<String> keep,
    @Nullable List<Size> size,
    @Nullable List<Level> priority,
    @Nullable List<Change> index,
    @Nullable Map<String, List<String>> stages) {

  /** A name, and the terms by which it is known. */
  sealed interface Entry {
    String rule();

    List<String> terms();
  }

  record Words(String rule, List<String> terms) implements Entry {}

  /**
   * Points of complexity.
   *
   * @param per {@code once}, the default, or {@code occurrence}
   */
  record Points(String rule, int points, @Nullable String per, List<String> terms)
      implements Entry {}

  /**
   * A domain.
   *
   * @param agents the domain of the agents that belong to it
   */
  record Domain(String rule, String agents, List<String> terms) implements Entry {}

  record Roles(String rule, List<String> roles, List<String> terms) implements Entry {}

  record Size(
      String rule, @Nullable Double linesFactor, @Nullable Integer modules, List<String> terms)
      implements Entry {}

  record Level(String rule, int level, List<String> terms) implements Entry {}

  record Change(String rule, double change, List<String> terms) implements Entry {}
}
