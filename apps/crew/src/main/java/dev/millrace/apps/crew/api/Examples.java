package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.agents.Agent;
import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.apps.crew.agents.Learned;
import dev.millrace.apps.crew.agents.RankedAgent;
import dev.millrace.apps.crew.analysis.Analyzer;
import dev.millrace.apps.crew.analysis.RuleBook;
import dev.millrace.apps.crew.bench.BenchResult;
import dev.millrace.apps.crew.decisions.Analytics;
import dev.millrace.apps.crew.decisions.Choice;
import dev.millrace.apps.crew.decisions.Decision;
import dev.millrace.apps.crew.decisions.DecisionStatus;
import dev.millrace.apps.crew.decisions.Impact;
import dev.millrace.apps.crew.decisions.Metadata;
import dev.millrace.apps.crew.decisions.Network;
import dev.millrace.apps.crew.decisions.NewDecision;
import dev.millrace.apps.crew.decisions.Recorded;
import dev.millrace.apps.crew.decisions.Summary;
import dev.millrace.apps.crew.executions.AgentWork;
import dev.millrace.apps.crew.executions.Execution;
import dev.millrace.apps.crew.executions.ExecutionSummary;
import dev.millrace.apps.crew.executions.NewExecution;
import dev.millrace.apps.crew.executions.TimeSummary;
import dev.millrace.apps.crew.gates.Consensus;
import dev.millrace.apps.crew.gates.Criterion;
import dev.millrace.apps.crew.gates.GateResult;
import dev.millrace.apps.crew.plan.Phase;
import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.apps.crew.plan.Planner;
import dev.millrace.apps.crew.plan.TemplateKind;
import dev.millrace.apps.crew.runs.CheckSummary;
import dev.millrace.store.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The examples of the API document. */
final class Examples {
  static final String LOGIN = "实现用户登录功能，包括JWT认证、密码加密、会话管理";
  private static final Instant AT = Instant.parse("2026-11-22T02:30:00Z");
  private static final Position POSITION = Position.parse("8f14e45fceea167a-1042");
  private static final String ID = "shop:ADR-0042";

  static final List<Phase> PHASES =
      List.of(
          new Phase(
              "look",
              "See what is wanted",
              List.of("business-analyst"),
              false,
              List.of(),
              null,
              null,
              Phase.USUAL_TIME_LIMIT),
          new Phase(
              "build",
              "Build it",
              List.of("backend-architect", "frontend-specialist"),
              true,
              List.of("look"),
              null,
              Map.of("tests_passed", ">95"),
              Phase.USUAL_TIME_LIMIT));

  static final TemplateBody TEMPLATE_BODY =
      new TemplateBody(
          "small-change",
          "Small change",
          "Look, then build.",
          3,
          TemplateKind.RAPID,
          List.of("maintenance"),
          PHASES);
  static final TemplateView TEMPLATE =
      new TemplateView(
          "small-change",
          "Small change",
          "Look, then build.",
          3,
          TemplateKind.RAPID,
          List.of("maintenance"),
          PHASES,
          false);

  static final Executor SHELL =
      Executor.shell(
          List.of("mvn", "-B", "verify"),
          List.of("target/surefire-reports", "target/site/jacoco/jacoco.xml"));

  static final AgentBody AGENT_BODY =
      new AgentBody(
          "payment-expert", "technical", List.of("api", "security"), 8, 90, 75, SHELL, null);
  static final Agent AGENT =
      new Agent(
          "payment-expert",
          "technical",
          List.of("api", "security"),
          8,
          90,
          new Learned(91.5, 1_240.5, 12L, AT),
          75,
          3,
          AT,
          false,
          SHELL,
          null);
  static final RankedAgent RANKED =
      new RankedAgent(
          "backend-architect",
          87.25,
          true,
          new RankedAgent.Parts(40, 22.5, 15, 9.75, 0),
          List.of("login", "token", "password"),
          List.of("login", "token", "security", "password"));

  static final GateBodies.Handed HANDED =
      new GateBodies.Handed(
          List.of(
              new GateBodies.File(
                  "TEST-Login.xml", "<testsuite tests=\"40\" failures=\"1\" errors=\"0\"/>")),
          Map.of("lint", 0));
  static final GateBodies.Metrics METRICS =
      new GateBodies.Metrics(Map.of("tests", 40.0, "tests_passed", 97.5));
  static final GateResult GATE_RESULT =
      new GateResult(
          false,
          List.of(
              new GateResult.Failed(
                  "coverage", ">80", "71.5", "'coverage' is 71.5 and should be more than 80")),
          "1 of 2 criteria do not hold");
  static final GateBodies.Votes VOTES =
      new GateBodies.Votes(
          List.of(
              new Consensus.Vote("api-designer", "REST", 0.9),
              new Consensus.Vote("backend-architect", "GraphQL", 0.4)),
          Consensus.THRESHOLD);
  static final Consensus CONSENSUS =
      new Consensus(
          false,
          "REST",
          0.692,
          List.of(
              new Consensus.Dissent(
                  "backend-architect", "GraphQL", "What would have to be true for you to agree?")));

  private static final Map<String, AgentWork> PARTS =
      Map.of("backend-architect", new AgentWork(3_900, true));

  static final NewExecution NEW_EXECUTION =
      new NewExecution(
          LOGIN,
          null,
          null,
          List.of("backend-architect", "test-engineer"),
          5_400,
          Map.of("coverage", 91.5),
          4,
          true,
          List.of(),
          PARTS,
          Map.of("design", 1_400.0, "implementation", 4_000.0));
  static final Execution EXECUTION =
      new Execution(
          7,
          AT,
          "development",
          "medium",
          LOGIN,
          null,
          null,
          List.of("backend-architect", "test-engineer"),
          5_400,
          Map.of("coverage", 91.5),
          4,
          true,
          List.of(),
          PARTS,
          Map.of("design", 1_400.0, "implementation", 4_000.0));

  static final TimeSummary TIMES =
      new TimeSummary(
          new TimeSummary.Times("plan", 412, 0.000_3, 0.001, 0.004, 0.019),
          List.of(new TimeSummary.Times("backend-architect", 9, 3_100, 4_800, 5_000, 5_020)),
          List.of(new TimeSummary.Times("implementation", 9, 3_600, 5_400, 5_900, 5_960)));
  static final BenchResult BENCH =
      new BenchResult(AT, 1_000, 10, null, 0.08, 0.31, 0.9, 4.2, 21_000, 0.048, 2);
  static final ExecutionBodies.Rating RATING = new ExecutionBodies.Rating(4);
  static final CheckSummary CHECK_SUMMARY =
      new CheckSummary(
          20,
          17,
          List.of(new CheckSummary.Rate("quality", 12, 9)),
          List.of(new CheckSummary.Rate("coverage", 12, 10)),
          List.of(new CheckSummary.Rate("roles", 20, 17)),
          List.of(new CheckSummary.Rate("development", 20, 17)),
          List.of(new CheckSummary.Rate("exit", 20, 17)),
          List.of(new CheckSummary.Rate("2026-11-22", 20, 17)));
  static final ExecutionSummary EXECUTION_SUMMARY =
      new ExecutionSummary(
          12,
          11,
          5_400.0,
          new ExecutionSummary.Lengths(4_900, 9_000, 11_000),
          4.2,
          List.of(new ExecutionSummary.Share("backend-architect", 9, 8, 5_100, 0.55)),
          List.of(new ExecutionSummary.Share("roles", 12, 11, 5_400, 1)),
          List.of(new ExecutionSummary.Share("development", 12, 11, 5_400, 1)),
          List.of(new ExecutionSummary.Share("2026-11-22", 12, 11, 5_400, 1)));

  private static final List<Choice> OPTIONS =
      List.of(
          new Choice("SQLite", List.of("one file"), List.of("one writer")),
          new Choice("PostgreSQL", List.of("many writers"), List.of("a service to run")));

  static final NewDecision NEW_DECISION =
      new NewDecision(
          "shop",
          "Use SQLite as the main store",
          AT,
          DecisionStatus.ACCEPTED,
          "One machine is enough for the first year.",
          OPTIONS,
          "We use SQLite.",
          "Nobody has to run a service.",
          "A move to PostgreSQL must stay possible.",
          "Ada",
          List.of("operations"),
          List.of("backend-architect"),
          List.of("database"),
          List.of(),
          new Metadata("s-17", "medium", null, null));
  static final Recorded ITEM = new Recorded(ID, "ADR-0042");
  static final DecisionBodies.One RECORDED = new DecisionBodies.One(ID, "ADR-0042", POSITION);
  static final DecisionBodies.Many MANY = new DecisionBodies.Many(List.of(ITEM), POSITION);
  static final DecisionBodies.Accepted ACCEPTED =
      new DecisionBodies.Accepted(
          "0192f0c1-5d2e-7c3a-8f00-5b1d2c3e4f50",
          "/api/v1/tasks/0192f0c1-5d2e-7c3a-8f00-5b1d2c3e4f50");
  static final DecisionBodies.Text TEXT =
      new DecisionBodies.Text("# Use SQLite\n\n## Decision Outcome\n\nWe use SQLite.\n", "shop");
  static final DecisionBodies.Change CHANGE =
      new DecisionBodies.Change(DecisionStatus.SUPERSEDED, "shop:ADR-0043");
  static final Impact IMPACT =
      new Impact(
          "performance", "Writes are four times as fast", "positive", Map.of("rate", 4.0), AT);
  static final Summary SUMMARY =
      new Summary(
          ID,
          "Use SQLite as the main store",
          AT,
          DecisionStatus.ACCEPTED,
          null,
          "Ada",
          List.of("database"));
  static final DecisionBodies.Found FOUND =
      new DecisionBodies.Found(List.of(SUMMARY), null, POSITION);
  static final Decision DECISION =
      new Decision(
          ID,
          "ADR-0042",
          "shop",
          "Use SQLite as the main store",
          AT,
          DecisionStatus.ACCEPTED,
          null,
          List.of(),
          "One machine is enough for the first year.",
          OPTIONS,
          "We use SQLite.",
          "Nobody has to run a service.",
          "A move to PostgreSQL must stay possible.",
          "Ada",
          List.of("operations"),
          List.of("backend-architect"),
          List.of("database"),
          List.of(IMPACT),
          new Metadata("s-17", "medium", null, null));
  static final Analytics ANALYTICS =
      new Analytics(
          42,
          List.of(new Analytics.Count("accepted", 40), new Analytics.Count("superseded", 2)),
          List.of(new Analytics.Count("Ada", 42)),
          List.of(new Analytics.Count("database", 5)),
          List.of(new Analytics.Count("shop", 42)),
          List.of(new Analytics.Count("2026-11", 42)),
          1,
          POSITION.toString());
  static final Network NETWORK =
      new Network(
          List.of(
              new Network.Node(ID, "decision", "Use SQLite as the main store", "superseded"),
              new Network.Node("shop:ADR-0043", "decision", "Move to PostgreSQL", "accepted")),
          List.of(new Network.Edge("shop:ADR-0043", ID, "supersedes")),
          false);

  private Examples() {}

  /** Worked out, so that the document shows what really comes. */
  static Plan plan() {
    return new Planner(
            new Analyzer(RuleBook::shipped),
            role -> RuleBook.shipped().stageOf(role),
            (_, _) -> Optional.empty(),
            (_, _) -> Optional.empty(),
            _ -> Optional.empty())
        .plan(LOGIN, List.of());
  }

  static GateBodies.Check check() {
    Map<String, JsonNode> metrics =
        Map.of(
            "tests_passed", JsonNodeFactory.instance.numberNode(97.5),
            "coverage", JsonNodeFactory.instance.numberNode(71.5));
    return new GateBodies.Check(
        Criterion.ordered("tests_passed", ">95", "coverage", ">80"), null, metrics);
  }
}
