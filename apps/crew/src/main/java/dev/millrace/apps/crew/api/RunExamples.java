package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.apps.crew.analysis.Complexity;
import dev.millrace.apps.crew.analysis.Thinking;
import dev.millrace.apps.crew.analysis.Tier;
import dev.millrace.apps.crew.plan.ExecutionMode;
import dev.millrace.apps.crew.plan.ProcessGate;
import dev.millrace.apps.crew.runs.AgentTask;
import dev.millrace.apps.crew.runs.LogLine;
import dev.millrace.apps.crew.runs.PlannedTime;
import dev.millrace.apps.crew.runs.ProcessView;
import dev.millrace.apps.crew.runs.RunState;
import dev.millrace.apps.crew.runs.RunSummary;
import dev.millrace.apps.crew.runs.RunView;
import dev.millrace.apps.crew.runs.StageView;
import dev.millrace.apps.crew.runs.SyncView;
import dev.millrace.apps.crew.runs.TimelineItem;
import dev.millrace.apps.crew.runs.WorkItem;
import dev.millrace.apps.crew.runs.WorkState;
import dev.millrace.apps.crew.work.Answer;
import dev.millrace.apps.crew.work.Work;
import dev.millrace.store.Position;
import dev.millrace.tasks.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** The examples of the API document about runs. */
final class RunExamples {
  private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
  private static final Position POSITION = Position.parse("8f14e45fceea167a-1042");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static final String ID = new TaskId(AT.toEpochMilli() << 20).toString();
  private static final String TASK = new TaskId((AT.toEpochMilli() + 5) << 20).toString();

  static final RunBodies.Start START =
      new RunBodies.Start(
          Examples.LOGIN,
          null,
          "login",
          "shop",
          Map.of("test-engineer", Examples.SHELL),
          JSON.objectNode().put("ref", "main"),
          null,
          1,
          Map.of("quality", new ProcessGate(Map.of("tests_passed", ">80"), true)));
  static final RunBodies.Started STARTED =
      new RunBodies.Started(ID, POSITION, "/api/v1/crew/workflows/" + ID);
  static final RunBodies.Told TOLD = new RunBodies.Told(POSITION);
  static final RunBodies.SyncAnswer SYNC =
      new RunBodies.SyncAnswer(Map.of("api_compat", JSON.numberNode(100)), null, null, null);
  static final RunSummary ITEM =
      new RunSummary(
          ID, "login", Examples.LOGIN, "shop", "development", null, RunState.RUNNING, 30, AT, null);
  static final LogLine LINE =
      new LogLine(
          1_042,
          ID,
          AT,
          "task.failed",
          "quality",
          "test-engineer",
          "the program ended with 1",
          null);
  static final TimelineItem BAR =
      new TimelineItem(
          "task",
          "backend-architect",
          "implementation",
          "backend-architect",
          WorkState.WAITING,
          true,
          AT,
          null);
  static final StageView STAGE =
      new StageView(
          "implementation",
          "Implementation",
          ExecutionMode.PARALLEL,
          WorkState.RUNNING,
          List.of("design"),
          1,
          List.of(
              new AgentTask(
                  "backend-architect",
                  "backend-architect",
                  "crew.person",
                  "Implementation: backend-architect",
                  6,
                  WorkState.WAITING,
                  List.of(),
                  TASK,
                  false,
                  null,
                  null,
                  0,
                  3,
                  AT,
                  null)),
          null,
          new ProcessView(Map.of("api_compat", ">=90"), false, "waiting", Map.of(), List.of()),
          new SyncView(
              "implementation",
              "integration",
              "criteria",
              null,
              Map.of("api_compat", "==100"),
              Map.of(),
              List.of(),
              null,
              Map.of(),
              null,
              null,
              List.of(),
              1,
              List.of("api_compat: 90 is not 100")),
          null,
          new PlannedTime(Duration.ofMinutes(33), Duration.ofMinutes(66)),
          AT,
          null);
  static final RunView VIEW =
      new RunView(
          ID,
          "login",
          "crew-login",
          1,
          Examples.LOGIN,
          RunState.RUNNING,
          30,
          List.of("implementation"),
          null,
          0,
          ExecutionMode.HYBRID,
          Tier.PREMIUM,
          Complexity.MEDIUM,
          5.5,
          "development",
          3,
          Thinking.NORMAL,
          List.of("backend-architect", "security-auditor", "api-designer", "test-engineer"),
          null,
          2.2,
          null,
          List.of(STAGE),
          Map.of(),
          List.of("design", "implementation"),
          Duration.ofMinutes(3),
          null,
          null,
          null,
          AT,
          null);
  static final WorkItem WORK =
      new WorkItem(
          TASK,
          new Work(
              ID,
              "backend-architect",
              "backend-architect",
              "implementation",
              "Implementation: backend-architect",
              "normal",
              Examples.LOGIN,
              6,
              Duration.ofDays(7),
              false,
              Executor.PERSON,
              null),
          AT,
          AT.plus(Duration.ofDays(7)));
  static final Answer ANSWER =
      new Answer(
          "REST with short-lived tokens",
          0.9,
          JSON.objectNode().put("spec", "docs/login.yaml"),
          Map.of("api_compat", 100.0),
          "Ada");

  private RunExamples() {}
}
