package dev.millrace.apps.crew.executions;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a piece of work went. */
@Doc("How a piece of work went.")
public record Execution(
    @Doc("From 1 on, in the order in which they were recorded.") long id,
    @Doc("When it was recorded.") Instant recordedAt,
    @Doc("What the request is about.") String domain,
    @Doc("How hard the request is.") String complexity,
    @Doc("The request it was for.") String request,
    @Doc("The workflow that ran it.") @Nullable String workflowId,
    @Doc("The template it was planned by.") @Nullable String template,
    @Doc("Agents that took part.") List<String> agents,
    @Doc("How long it took.") double seconds,
    @Doc("What its gates measured.") Map<String, Double> qualityScores,
    @Doc("How content its user is, 1 to 5.") @Nullable Integer satisfaction,
    @Doc("Whether it succeeded.") boolean success,
    @Doc("What went wrong.") List<String> issues,
    @Doc("By agent how its own part went; null if nobody said.")
        @Nullable Map<String, AgentWork> work,
    @Doc("By stage how many seconds it took, its sync point included; null if nobody said.")
        @Nullable Map<String, Double> stages) {

  Execution withSatisfaction(int value) {
    return new Execution(
        id,
        recordedAt,
        domain,
        complexity,
        request,
        workflowId,
        template,
        agents,
        seconds,
        qualityScores,
        value,
        success,
        issues,
        work,
        stages);
  }

  static Execution of(
      long id, Instant recordedAt, String domain, String complexity, NewExecution made) {
    return new Execution(
        id,
        recordedAt,
        domain,
        complexity,
        made.request(),
        made.workflowId(),
        made.template(),
        made.agents(),
        made.seconds(),
        made.qualityScores(),
        made.satisfaction(),
        made.success(),
        made.issues(),
        made.work(),
        made.stages());
  }
}
