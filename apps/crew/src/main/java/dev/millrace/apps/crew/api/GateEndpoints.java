package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.gates.Consensus;
import dev.millrace.apps.crew.gates.GateResult;
import dev.millrace.apps.crew.gates.ReportException;
import dev.millrace.apps.crew.gates.Reports;
import dev.millrace.apps.crew.gates.Standard;
import dev.millrace.apps.crew.runs.CheckSummary;
import dev.millrace.apps.crew.runs.Checks;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.http.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Numbers out of reports, criteria checked against numbers, and how the checks of runs went. What
 * is handed in here is not kept.
 */
public final class GateEndpoints {
  private static final long MOST_BYTES = 32L << 20;

  private final Checks checks;
  private final InstantSource clock;

  public GateEndpoints(Checks checks, InstantSource clock) {
    this.checks = checks;
    this.clock = clock;
  }

  public List<Endpoint> all() {
    return List.of(metrics(), check(), consensus(), standards(), results());
  }

  private static Endpoint standards() {
    return Endpoint.get("/api/v1/crew/gates/standards")
        .id("listStandards")
        .tags("crew")
        .summary("List the sets of criteria that have a name")
        .answersPage(Standard.class, Standard.COMMIT)
        .handle(_ -> Reply.ok(new Page<>(Standard.ALL, null)));
  }

  private Endpoint results() {
    return Endpoint.get("/api/v1/crew/gates/results")
        .id("gateResults")
        .tags("crew")
        .summary("Count how sync points and gates of runs were decided")
        .query(GateBodies.ResultsQuery.class)
        .answers(200, CheckSummary.class, Examples.CHECK_SUMMARY)
        .handle(request ->
            Reply.ok(
                checks.summary(
                    clock.instant().minus(Duration.ofDays(request.query().days())),
                    request.query().stage())));
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
        .description("Criteria of its own come in the place of those of the standard.")
        .body(GateBodies.Check.class, Examples.check())
        .answers(200, GateResult.class, Examples.GATE_RESULT)
        .problems(CrewProblems.CRITERION_INVALID, CrewProblems.STANDARD_NOT_FOUND)
        .role(Role.READER)
        .handle(request -> {
          Map<String, Object> metrics = new HashMap<>();
          request.body().metrics().forEach((name, node) -> metrics.put(name, plain(node)));
          try {
            return Reply.ok(GateResult.check(criteria(request.body()), metrics));
          } catch (IllegalArgumentException unreadable) {
            throw CrewProblems.CRITERION_INVALID.because(unreadable.getMessage() + ".");
          }
        });
  }

  private static Map<String, String> criteria(GateBodies.Check body) {
    Map<String, String> criteria = new LinkedHashMap<>();
    String standard = body.standard();
    if (standard != null) {
      criteria.putAll(
          Standard.find(standard)
              .orElseThrow(() ->
                  CrewProblems.STANDARD_NOT_FOUND.because(
                      "There is no standard '" + standard + "'."))
              .criteria());
    }
    criteria.putAll(body.criteria());
    return criteria;
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
