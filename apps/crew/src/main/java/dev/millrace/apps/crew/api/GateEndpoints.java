package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.gates.Consensus;
import dev.millrace.apps.crew.gates.GateResult;
import dev.millrace.apps.crew.gates.ReportException;
import dev.millrace.apps.crew.gates.Reports;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.http.Role;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Numbers out of reports, and criteria checked against numbers. Nothing is kept. */
public final class GateEndpoints {
  private static final long MOST_BYTES = 32L << 20;

  public List<Endpoint> all() {
    return List.of(metrics(), check(), consensus());
  }

  private static Endpoint metrics() {
    return Endpoint.post("/api/v1/crew/gates/metrics")
        .id("readReports")
        .tags("crew")
        .summary("Turn reports of tests and coverage into metrics")
        .description(
            "Known are JUnit XML, JaCoCo XML, Cobertura XML and exit codes. Several files of a kind"
                + " are added up.")
        .body(GateBodies.Handed.class, Examples.HANDED)
        .maxBody(MOST_BYTES)
        .answers(200, GateBodies.Metrics.class, Examples.METRICS)
        .problems(CrewProblems.REPORT_UNREADABLE)
        .role(Role.READER)
        .handle(request -> {
          Reports reports = new Reports();
          try {
            for (GateBodies.File file : request.body().files()) {
              reports.add(file.name(), file.content().getBytes(StandardCharsets.UTF_8));
            }
          } catch (ReportException unreadable) {
            throw CrewProblems.REPORT_UNREADABLE.because(unreadable.getMessage() + ".");
          }
          request.body().exitCodes().forEach(reports::addExit);
          return Reply.ok(new GateBodies.Metrics(reports.metrics()));
        });
  }

  private static Endpoint check() {
    return Endpoint.post("/api/v1/crew/gates/check")
        .id("checkGate")
        .tags("crew")
        .summary("Check metrics against the criteria of a gate or sync point")
        .body(GateBodies.Check.class, Examples.check())
        .answers(200, GateResult.class, Examples.GATE_RESULT)
        .problems(CrewProblems.CRITERION_INVALID)
        .role(Role.READER)
        .handle(request -> {
          Map<String, Object> metrics = new HashMap<>();
          request.body().metrics().forEach((name, node) -> metrics.put(name, plain(node)));
          try {
            return Reply.ok(GateResult.check(request.body().criteria(), metrics));
          } catch (IllegalArgumentException unreadable) {
            throw CrewProblems.CRITERION_INVALID.because(unreadable.getMessage() + ".");
          }
        });
  }

  private static Object plain(JsonNode node) {
    return node.isValueNode() ? node.asString() : node.toString();
  }

  private static Endpoint consensus() {
    return Endpoint.post("/api/v1/crew/gates/consensus")
        .id("weighVotes")
        .tags("crew")
        .summary("Weigh the conclusions of roles by their confidence")
        .body(GateBodies.Votes.class, Examples.VOTES)
        .answers(200, Consensus.class, Examples.CONSENSUS)
        .role(Role.READER)
        .handle(
            request -> Reply.ok(Consensus.of(request.body().votes(), request.body().threshold())));
  }
}
