package dev.millrace.apps.crew.agents;

import dev.millrace.apps.crew.analysis.Analysis;
import dev.millrace.http.schema.Doc;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How well an agent suits a request, and why. */
@Doc("How well an agent suits a request, and why.")
public record RankedAgent(
    @Doc("The agent.") String agent,
    @Doc("The sum of the parts.") double score,
    @Doc("Whether it is up to it: at least half the task's complexity, and half its time free.")
        boolean suitable,
    @Doc("What the score is made of.") Parts parts,
    @Doc("The request's patterns that it knows.") List<String> matchedSkills,
    @Doc("All of the request's patterns.") List<String> requiredSkills) {

  /** The parts of a score. */
  @Doc("The parts of a score.")
  public record Parts(
      @Doc("40 if it belongs to the request's domain.") double domain,
      @Doc("30 × the share of the request's patterns that it knows.") double skills,
      @Doc("20 − 2 × the distance to the request's complexity index, at least 0.")
          double complexity,
      @Doc("0.1 × the mean of performance (learned, if it is) and availability.") double condition,
      @Doc("−0.5 for each execution it took part in, at most −10.") double usage) {}

  /** All agents, the best first; of equal ones, by name. */
  public static List<RankedAgent> all(Analysis analysis, Collection<Agent> agents) {
    return agents.stream()
        .map(agent -> of(analysis, agent))
        .sorted(
            Comparator.comparingDouble((RankedAgent ranked) -> -ranked.score())
                .thenComparing(RankedAgent::agent))
        .toList();
  }

  static RankedAgent of(Analysis analysis, Agent agent) {
    List<String> required = analysis.skills();
    List<String> matched = required.stream().filter(agent.skills()::contains).toList();
    double domain = agent.domain().equals(analysis.agentDomain()) ? 40 : 0;
    double skills = required.isEmpty() ? 0 : 30.0 * matched.size() / required.size();
    double complexity = Math.max(0, 20 - 2 * Math.abs(analysis.index() - agent.complexityScore()));
    double condition = 0.1 * (agent.known() + agent.availability()) / 2;
    double usage = -Math.min(0.5 * agent.usage(), 10);
    Parts parts =
        new Parts(domain, rounded(skills), rounded(complexity), rounded(condition), rounded(usage));
    return new RankedAgent(
        agent.name(),
        rounded(domain + skills + complexity + condition + usage),
        agent.complexityScore() >= analysis.index() / 2 && agent.availability() >= 50,
        parts,
        matched,
        required);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
