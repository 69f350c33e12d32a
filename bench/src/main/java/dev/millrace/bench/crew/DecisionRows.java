package dev.millrace.bench.crew;

import dev.millrace.apps.crew.decisions.Choice;
import dev.millrace.apps.crew.decisions.DecisionStatus;
import dev.millrace.apps.crew.decisions.NewDecision;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The decision that is recorded again and again under other titles: about 700 bytes. */
final class DecisionRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DecisionRows() {}

  static NewDecision decision(long number) {
    return new NewDecision(
        "bench",
        "选择 SQLite 作为主要存储 " + number,
        null,
        DecisionStatus.ACCEPTED,
        "第一年一台机器就够了。 One machine is enough for the first year.",
        List.of(
            new Choice("SQLite", List.of("one file", "no service to run"), List.of("one writer")),
            new Choice("PostgreSQL", List.of("many writers"), List.of("a service to run"))),
        "We use SQLite as the main store and keep a move to PostgreSQL possible.",
        "没有人需要运行一个单独的服务。",
        "Writes go through one writer.",
        "maker-" + number % 20,
        List.of("operations"),
        List.of("backend-architect", "database-specialist"),
        List.of("database", "storage", "tag-" + number % 50),
        List.of(),
        null);
  }

  /** A body of {@code count} decisions for the batch endpoint. */
  static String batch(int count) {
    record Body(
        String project,
        String title,
        String context,
        List<Choice> options,
        String decision,
        String reasoning,
        String consequences,
        String decisionMaker,
        List<String> stakeholders,
        List<String> agentsInvolved,
        List<String> tags) {}
    StringBuilder json = new StringBuilder("{\"decisions\":[");
    for (int i = 0; i < count; i++) {
      NewDecision d = decision(i);
      json.append(i == 0 ? "" : ",")
          .append(
              JSON.writeValueAsString(
                  new Body(
                      d.project(),
                      d.title(),
                      d.context(),
                      d.options(),
                      d.decision(),
                      d.reasoning(),
                      d.consequences(),
                      d.decisionMaker(),
                      d.stakeholders(),
                      d.agentsInvolved(),
                      d.tags())));
    }
    return json.append("]}").toString();
  }
}
