package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.gates.Consensus;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the endpoints of gates take and answer. */
public final class GateBodies {
  private GateBodies() {}

  /** Criteria, and what they are checked against. */
  @Doc("Criteria, and what they are checked against.")
  public record Check(
      @Doc("By metric the rule.") @Default("{}") @Size(max = 50) Map<String, String> criteria,
      @Doc("Name of a set of criteria, such as release.") @Nullable @Size(max = 60) String standard,
      @Doc("By metric a number, a truth value or a text.") @Size(max = 500)
          Map<String, JsonNode> metrics) {}

  /** One report. */
  @Doc("One report.")
  public record File(
      @Doc("Its name, for messages.") @Size(min = 1, max = 300) String name,
      @Doc("Its content: JUnit, JaCoCo or Cobertura XML.") String content) {}

  /** Reports of one run. */
  @Doc("Reports of one run.")
  public record Handed(
      @Doc("The reports, added up.") @Default("[]") @Size(max = 1_000) List<File> files,
      @Doc("By name of a program what it ended with.") @Default("{}") @Size(max = 100)
          Map<String, Integer> exitCodes) {}

  /** What reports come to. */
  @Doc("What reports come to.")
  public record Metrics(@Doc("By metric its number.") Map<String, Double> metrics) {}

  /** Which decided checks are counted. */
  public record ResultsQuery(
      @Doc("How many days back.") @Range(min = 1, max = 3_650) @Default("90") int days,
      @Doc("Only those of a stage of that name.") @Nullable @Size(max = 100) String stage) {}

  /** What roles hand in. */
  @Doc("What roles hand in.")
  public record Votes(
      @Doc("One for each role.") @Size(min = 1, max = 100) List<Consensus.Vote> votes,
      @Doc("The share that must agree, 0 to 1.") @Default("0.8") @Range(min = 0, max = 1)
          double threshold) {}
}
