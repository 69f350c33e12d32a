package dev.millrace.apps.crew.decisions;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A decision made ready outside the transaction, which all others wait for. */
record Draft(
    String project,
    String title,
    DecisionStatus status,
    long madeMillis,
    String maker,
    List<String> tags,
    List<DecisionId> supersedes,
    String body) {

  static Draft of(NewDecision made, Instant now, JsonMapper json) {
    Instant at = made.date() == null ? now : made.date();
    return new Draft(
        made.project(),
        made.title(),
        made.status(),
        at.toEpochMilli(),
        made.decisionMaker(),
        made.tags(),
        made.supersedes().stream().map(DecisionId::parse).toList(),
        json.writeValueAsString(Content.of(made)));
  }
}
