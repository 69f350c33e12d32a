package dev.millrace.apps.crew.gates;

import dev.millrace.http.schema.Doc;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A set of criteria with a name, for gates that are checked from outside of runs. */
@Doc("A set of criteria with a name.")
public record Standard(
    @Doc("Its name.") String name,
    @Doc("What it is for.") String description,
    @Doc("By metric the rule.") Map<String, String> criteria) {

  /** Before something goes out. */
  public static final Standard RELEASE =
      new Standard(
          "release",
          "Before something goes out.",
          Criterion.ordered(
              "tests_passed",
              "==100",
              "coverage",
              ">=90",
              "api_ms",
              "<=200",
              "security",
              ">=8.5",
              "docs",
              ">=85"));

  /** Before a commit is taken. */
  public static final Standard COMMIT =
      new Standard(
          "commit",
          "Before a commit is taken, such as from a hook.",
          Criterion.ordered("coverage", ">=80", "complexity", "<=10", "duplicates", "<=5"));

  /** All of them. */
  public static final List<Standard> ALL = List.of(RELEASE, COMMIT);

  /** The one of a name. */
  public static Optional<Standard> find(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
