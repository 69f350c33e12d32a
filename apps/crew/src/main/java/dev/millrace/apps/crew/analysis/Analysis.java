package dev.millrace.apps.crew.analysis;

import dev.millrace.http.schema.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request takes.
 *
 * @param index of complexity, 1 to 10
 * @param domains all that were found, most hits first
 * @param agentDomain the domain of agents that belongs to the domain
 * @param priority 1 to 5
 * @param duration that the request names; null if it names none
 * @param estimateHours of work
 * @param skills the names of the patterns found, in the order of their first match
 * @param why the patterns that asked for roles, in the same order
 * @param because the other decisions, each with the rules that made it
 */
public record Analysis(
    Complexity complexity,
    int points,
    double index,
    String domain,
    List<String> domains,
    String agentDomain,
    int priority,
    Tier tier,
    Thinking thinking,
    Size size,
    @Nullable Duration duration,
    double estimateHours,
    List<String> roles,
    List<String> skills,
    Map<String, List<String>> keywords,
    List<Match> why,
    Because because) {

  /** The rules behind each decision that is not about roles. */
  @Doc("The rules behind each decision that is not about roles.")
  public record Because(
      List<Match> complexity,
      List<Match> index,
      List<Match> domain,
      List<Match> priority,
      List<Match> tier,
      List<Match> size,
      List<Match> duration) {}
}
