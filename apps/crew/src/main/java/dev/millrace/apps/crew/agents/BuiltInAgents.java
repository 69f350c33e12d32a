package dev.millrace.apps.crew.agents;

import dev.millrace.apps.crew.analysis.RuleBook;
import java.util.ArrayList;
import java.util.List;

/** The roles that are there from the beginning; their skills are the patterns that ask for them. */
final class BuiltInAgents {
  private record Known(String name, String domain, double complexity, double performance) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("project-manager", "business", 8, 95),
          new Known("business-analyst", "business", 7, 90),
          new Known("api-designer", "technical", 7.5, 92),
          new Known("backend-architect", "technical", 9, 95),
          new Known("frontend-specialist", "technical", 8, 88),
          new Known("devops-engineer", "infrastructure", 8.5, 90),
          new Known("test-engineer", "quality", 7, 85),
          new Known("security-auditor", "security", 8, 92),
          new Known("performance-engineer", "performance", 8.5, 88),
          new Known("code-reviewer", "quality", 7.5, 90),
          // Nothing is known yet of how these work, so all of them begin in the middle.
          new Known("product-strategist", "business", 7, 85),
          new Known("ux-designer", "business", 7, 85),
          new Known("database-specialist", "technical", 7, 85),
          new Known("performance-tester", "performance", 7, 85),
          new Known("accessibility-auditor", "quality", 7, 85),
          new Known("deployment-manager", "infrastructure", 7, 85),
          new Known("cloud-architect", "infrastructure", 7, 85),
          new Known("kubernetes-expert", "infrastructure", 7, 85),
          new Known("monitoring-specialist", "infrastructure", 7, 85),
          new Known("technical-writer", "documentation", 7, 85));

  private BuiltInAgents() {}

  static List<Agent> of(RuleBook book) {
    List<Agent> agents = new ArrayList<>();
    for (Known known : KNOWN) {
      agents.add(
          new Agent(
              known.name(),
              known.domain(),
              book.skillsOf(known.name()),
              known.complexity(),
              known.performance(),
              null,
              100,
              0,
              null,
              true,
              Executor.PERSON,
              null));
    }
    return agents;
  }
}
