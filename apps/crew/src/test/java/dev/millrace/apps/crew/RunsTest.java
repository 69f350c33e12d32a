package dev.millrace.apps.crew;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.apps.crew.CrewServer.Answer;
import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.journal.Cursor;
import dev.millrace.store.journal.Event;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.WaitingSync;
import dev.millrace.testkit.Signal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Plans that are run over HTTP: by people, programs, services and task types. */
class RunsTest {
  static final String LOGIN = "实现用户登录功能，包括JWT认证、密码加密、会话管理";
  private static final Map<String, String> SHELL =
      Map.of("crew.shell.programs", "sh", "crew.retry-pause", "10ms");

  @TempDir Path folder;
  private CrewServer server;

  private CrewServer start(Map<String, String> settings) throws Exception {
    server = new CrewServer(folder, settings);
    return server;
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  static Path report(String name) throws Exception {
    return Path.of(RunsTest.class.getResource("reports/" + name).toURI());
  }

  private String run(Object body) throws Exception {
    Answer answer = server.post("workflows", body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    return answer.body().path("id").asString();
  }

  private JsonNode view(String id) throws Exception {
    return server.get("workflows/" + id).body();
  }

  private JsonNode awaitState(String id, String state) throws Exception {
    awaitThat(id, state, view -> view.path("state").asString().equals(state));
    return view(id);
  }

  private interface Check {
    boolean holds(JsonNode view) throws Exception;
  }

  private void awaitThat(String id, String what, Check check) throws Exception {
    AtomicReference<JsonNode> last = new AtomicReference<>();
    try {
      Signal.awaitUntil(
          what,
          () -> {
            try {
              last.set(view(id));
              return check.holds(last.get());
            } catch (Exception failure) {
              throw new IllegalStateException(failure);
            }
          });
    } catch (AssertionError late) {
      throw new AssertionError(what + ": " + last.get(), late);
    }
  }

  /** Answers for the agent as soon as its work waits. */
  private void answer(String run, String agent, Object answer) throws Exception {
    AtomicReference<String> task = new AtomicReference<>();
    Signal.awaitUntil(
        agent + " is asked",
        () -> {
          try {
            for (JsonNode item : server.get("work?workflow=" + run).body().path("items")) {
              if (item.at("/work/agent").asString().equals(agent)) {
                task.set(item.path("taskId").asString());
              }
            }
            return task.get() != null;
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
    Answer told = server.post("work/" + task.get() + "/answer", answer);
    assertThat(told.status()).as(String.valueOf(told.body())).isEqualTo(202);
  }

  private List<Event> events(Set<String> names) {
    return server
        .journal
        .read(Cursor.after(new Position(server.store.position().history(), 0)), 1_000, names)
        .items();
  }

  private JsonNode stage(JsonNode view, String name) {
    for (JsonNode stage : view.path("stages")) {
      if (stage.path("name").asString().equals(name)) {
        return stage;
      }
    }
    throw new AssertionError("no stage " + name + " in " + view);
  }

  private static Map<String, Object> shell(String script, String... reports) throws Exception {
    Map<String, Object> executor = new LinkedHashMap<>();
    executor.put("kind", "shell");
    executor.put("command", List.of("sh", "-c", script));
    executor.put("reports", List.of(reports));
    executor.put(
        "environment", Map.of("CREW_REPORTS", report("jacoco.xml").getParent().toString()));
    return executor;
  }

  @Test
  void peopleRunTheExampleFromRequestToRecord() throws Exception {
    start(Map.of());
    String id = run(Map.of("request", LOGIN, "project", "shop"));
    answer(
        id,
        "api-designer",
        Map.of("conclusion", "REST", "confidence", 0.9, "outputs", Map.of("spec", "login.yaml")));
    JsonNode work = null;
    awaitThat(
        id,
        "implementation began",
        view -> {
          return stage(view, "implementation").path("state").asString().equals("running");
        });
    Signal.awaitUntil(
        "the architect is asked",
        () -> {
          try {
            return server.get("work?workflow=" + id).body().path("items").size() == 1;
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
    work = server.get("work?workflow=" + id).body().path("items").get(0).path("work");
    assertThat(work.path("request").asString()).isEqualTo(LOGIN);
    assertThat(work.path("workflow").asString()).isEqualTo(id);
    assertThat(work.at("/context/api-designer/conclusion").asString()).isEqualTo("REST");
    assertThat(work.at("/context/api-designer/outputs/spec").asString()).isEqualTo("login.yaml");
    JsonNode half = view(id);
    assertThat(half.path("state").asString()).isEqualTo("running");
    assertThat(half.path("progress").asDouble()).isEqualTo(30);
    assertThat(stage(half, "design").at("/sync/status").asString()).isEqualTo("passed");
    assertThat(stage(half, "implementation").at("/tasks/0/state").asString()).isEqualTo("waiting");

    answer(id, "backend-architect", Map.of("conclusion", "built"));
    awaitThat(
        id,
        "integration waits",
        view -> {
          return stage(view, "implementation").at("/sync/status").asString().equals("waiting");
        });
    assertThat(stage(view(id), "implementation").at("/sync/missing/0").asString())
        .isEqualTo("api_compat");
    Answer wrong =
        server.post("workflows/" + id + "/sync/implementation", Map.of("approved", true));
    assertThat(wrong.status()).isEqualTo(409);
    assertThat(
            server
                .post(
                    "workflows/" + id + "/sync/implementation",
                    Map.of("metrics", Map.of("api_compat", 100)))
                .status())
        .isEqualTo(202);
    answer(id, "security-auditor", Map.of("conclusion", "safe"));
    answer(
        id,
        "test-engineer",
        Map.of("conclusion", "green", "metrics", Map.of("tests_passed", 99.5, "coverage", 91)));
    JsonNode done = awaitState(id, "completed");
    assertThat(done.path("progress").asDouble()).isEqualTo(100);
    assertThat(done.at("/qualityMetrics/coverage").asDouble()).isEqualTo(91);
    assertThat(done.at("/qualityMetrics/api_compat").asDouble()).isEqualTo(100);

    awaitThat(id, "the end is written down", view -> view.hasNonNull("decision"));
    JsonNode decision = server.get("decisions/" + view(id).path("decision").asString()).body();
    assertThat(decision.path("id").asString()).isEqualTo("shop:ADR-0001");
    assertThat(decision.path("decision").asString()).contains("backend-architect", "hybrid");
    assertThat(decision.path("reasoning").asString()).contains("登录", "JWT", "密码", "认证");
    assertThat(decision.at("/metadata/workflowId").asString()).isEqualTo(id);
    JsonNode execution = server.get("executions/" + view(id).path("execution").asString("")).body();
    assertThat(execution.path("success").asBoolean()).isTrue();
    assertThat(execution.path("agents")).hasSize(4);
    assertThat(execution.at("/qualityScores/coverage").asDouble()).isEqualTo(91);
    assertThat(execution.at("/stages/design").asDouble()).isPositive();
    JsonNode times = server.get("executions/times").body();
    assertThat(times.at("/plans/count").asInt()).isEqualTo(1);
    assertThat(times.path("agents")).hasSize(4);
    assertThat(times.at("/stages/0/name").asString()).isEqualTo("design");
    assertThat(times.at("/stages/0/p99").asDouble())
        .isEqualTo(execution.at("/stages/design").asDouble());
    assertThat(server.get("agents/api-designer").body().path("usage").asInt()).isEqualTo(1);

    JsonNode bars = server.get("workflows/" + id + "/timeline").body().path("items");
    assertThat(bars).hasSize(7);
    assertThat(server.get("workflows/" + id + "/stages").body().path("items")).hasSize(3);
    assertThat(server.get("workflows?state=completed").body().at("/items/0/request").asString())
        .isEqualTo(LOGIN);
    List<String> types =
        events(Set.of("workflow.phase-complete", "sync.waiting", "sync.passed")).stream()
            .map(event -> event.type())
            .toList();
    assertThat(types)
        .containsExactly(
            "sync.passed",
            "workflow.phase-complete",
            "sync.waiting",
            "sync.passed",
            "workflow.phase-complete",
            "sync.passed",
            "workflow.phase-complete");
    assertThat(events(Set.of("task.started"))).hasSize(4);
    assertThat(events(Set.of("task.completed"))).hasSize(4);
  }

  @Test
  void stageThatTakesTooLongFailsTheRunAndEndsItsPrograms() throws Exception {
    start(SHELL);
    Answer template =
        server.post(
            "templates",
            """
            {"id": "hurried", "name": "Hurried", "threshold": 4, "phases": [
              {"name": "work", "agents": ["test-engineer"], "timeLimit": "PT0.3S"}]}
            """);
    assertThat(template.status()).as(String.valueOf(template.body())).isEqualTo(201);
    Map<String, Object> slow = shell("sleep 60");
    slow.put("timeLimit", "PT0.2S");
    String id =
        run(
            Map.of(
                "request", "x", "template", "hurried", "executors", Map.of("test-engineer", slow)));
    JsonNode failed = awaitState(id, "failed");
    assertThat(failed.path("failure").asString())
        .contains("stage 'work' was not through within its time limit of PT0.3S");
    assertThat(server.post("templates", template("PT0S")).status()).isEqualTo(422);
  }

  private static String template(String timeLimit) {
    return """
    {"id": "never", "name": "Never", "threshold": 4, "phases": [
      {"name": "work", "agents": ["test-engineer"], "timeLimit": "%s"}]}
    """
        .formatted(timeLimit);
  }

  @Test
  void streamTellsTheRunAndEachOfItsEvents() throws Exception {
    start(Map.of());
    String id = run(Map.of("request", LOGIN));
    run(Map.of("request", LOGIN));
    try (Told told = new Told(server, id, null)) {
      assertThat(told.next("run").path("state").asString()).isIn("initialized", "running");
      answer(id, "api-designer", Map.of("conclusion", "REST"));
      JsonNode done = told.next("task.completed");
      assertThat(done.at("/data/agent").asString()).isEqualTo("api-designer");
      assertThat(done.at("/data/workflow").asString()).isEqualTo(id);
      assertThat(told.next("run").at("/stages/0/state").asString()).isEqualTo("completed");
      String last = told.lastId();
      answer(id, "backend-architect", Map.of("conclusion", "built"));
      told.next("sync.waiting");
      try (Told again = new Told(server, id, last)) {
        // What came since is told again, and nothing of the other run.
        assertThat(again.next("task.completed").at("/data/agent").asString())
            .isEqualTo("backend-architect");
        assertThat(again.next("sync.waiting").at("/data/workflow").asString()).isEqualTo(id);
      }
    }
    assertThat(server.get("workflows/none/stream").status()).isEqualTo(404);
  }

  @Test
  void programsFeedGatesWithTheNumbersOfTheirReports() throws Exception {
    start(SHELL);
    String tests =
        "mkdir -p out && cp $CREW_REPORTS/TEST-*.xml out/ && cp $CREW_REPORTS/jacoco.xml . && echo"
            + " all green";
    String id =
        run(
            Map.of(
                "request",
                LOGIN,
                "executors",
                Map.of(
                    "api-designer",
                    shell("echo '{\"conclusion\":\"REST\",\"outputs\":{\"n\":7}}' > $CREW_RESULT"),
                    "backend-architect",
                    shell(
                        "grep -q '\"n\":7' $CREW_CONTEXT && echo"
                            + " '{\"metrics\":{\"api_compat\":100}}' > $CREW_RESULT"),
                    "security-auditor",
                    shell("env; pwd"),
                    "test-engineer",
                    shell(tests, "out", "jacoco.xml"))));
    JsonNode done = awaitState(id, "completed");
    JsonNode quality = stage(done, "quality");
    assertThat(quality.at("/tasks/1/result/metrics/tests").asDouble()).isEqualTo(31);
    assertThat(quality.at("/tasks/1/result/metrics/coverage").asDouble()).isEqualTo(98.62);
    assertThat(quality.at("/tasks/1/result/exitCode").asInt()).isZero();
    assertThat(quality.at("/tasks/1/result/output").asString()).isEqualTo("all green\n");
    String environment = quality.at("/tasks/0/result/output").asString();
    assertThat(environment)
        .contains("HOME=" + folder.resolve("crew/work").toRealPath(), "work/" + id)
        .doesNotContain("JAVA_HOME", "MAVEN");
    Path work = folder.resolve("crew/work/" + id);
    assertThat(Files.exists(work.resolve("jacoco.xml"))).isTrue();
  }

  @Test
  void gateThatDoesNotHoldStopsTheRunUntilItIsRolledBack() throws Exception {
    start(SHELL);
    Path flag = folder.resolve("mended");
    String tests =
        "if [ -e "
            + flag
            + " ]; then cp $CREW_REPORTS/jacoco.xml c.xml; else cp $CREW_REPORTS/cobertura.xml"
            + " c.xml; fi; cp $CREW_REPORTS/TEST-*.xml t.xml";
    server.post(
        "templates",
        """
        {"id": "gated", "name": "Gated", "threshold": 4, "phases": [
          {"name": "Test it", "agents": ["test-engineer"],
            "gate": {"coverage": ">80", "tests_passed": ">95"}},
          {"name": "ship", "agents": ["devops-engineer"], "dependsOn": ["Test it"]}]}
        """);
    String id =
        run(
            Map.of(
                "request",
                "x",
                "template",
                "gated",
                "executors",
                Map.of(
                    "test-engineer", shell(tests, "t.xml", "c.xml"),
                    "devops-engineer", shell("echo shipped"))));
    JsonNode failed = awaitState(id, "failed");
    assertThat(failed.path("failure").asString())
        .contains("sync point of stage 'Test it' did not pass: coverage: 50");
    assertThat(stage(failed, "Test it").at("/sync/status").asString()).isEqualTo("failed");
    assertThat(stage(failed, "ship").path("state").asString()).isEqualTo("created");
    assertThat(events(Set.of("quality.gate-failed"))).hasSize(1);
    assertThat(events(Set.of("sync.failed"))).hasSize(1);
    awaitThat(id, "the failure is written down", view -> view.hasNonNull("decision"));
    assertThat(server.get("executions").body().at("/items/0/success").asBoolean()).isFalse();

    Files.createFile(flag);
    Answer back = server.post("workflows/" + id + "/rollback", Map.of("stage", "Test it"));
    assertThat(back.status()).as(String.valueOf(back.body())).isEqualTo(202);
    JsonNode done = awaitState(id, "completed");
    assertThat(done.path("recoveries").asInt()).isEqualTo(1);
    assertThat(stage(done, "Test it").path("round").asInt()).isEqualTo(2);
    Signal.awaitUntil(
        "the execution is replaced",
        () -> {
          try {
            return server.get("executions").body().at("/items/0/success").asBoolean();
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
    assertThat(server.get("executions").body().path("items")).hasSize(1);
    String decision = view(id).path("decision").asString();
    assertThat(server.get("decisions/" + decision + "/impacts").body().path("items")).hasSize(1);
    assertThat(server.get("decisions").body().path("items")).hasSize(1);
    JsonNode checks = server.get("gates/results").body();
    assertThat(checks.path("total").asInt()).isEqualTo(2);
    assertThat(checks.path("passed").asInt()).isEqualTo(1);
    assertThat(checks.at("/byStage/0/name").asString()).isEqualTo("Test it");
    assertThat(checks.at("/byTemplate/0/name").asString()).isEqualTo("gated");
    JsonNode metrics = checks.path("byMetric");
    assertThat(metrics.get(0).path("name").asString()).isEqualTo("coverage");
    assertThat(metrics.get(0).path("passed").asInt()).isEqualTo(1);
    assertThat(metrics.get(1).path("passed").asInt()).isEqualTo(2);
    Answer nowhere = server.post("workflows/" + id + "/rollback", Map.of("stage", "none"));
    assertThat(nowhere.body().path("code").asString()).isEqualTo("crew-stage-not-found");
  }

  @Test
  void plansTellHowTheirChecksWentBefore() throws Exception {
    start(Map.of());
    server.post(
        "templates",
        """
        {"id": "asked", "name": "Asked", "threshold": 4, "phases": [
          {"name": "look", "agents": ["test-engineer"], "gate": {"ready": "true"}}]}
        """);
    Map<String, Object> body = Map.of("request", "x", "template", "asked");
    for (int i = 0; i < 3; i++) {
      String id = run(body);
      answer(id, "test-engineer", Map.of("conclusion", "looked"));
      awaitThat(
          id,
          "the gate waits",
          view -> stage(view, "look").at("/sync/status").asString().equals("waiting"));
      server.post("workflows/" + id + "/sync/look", Map.of("metrics", Map.of("ready", i < 2)));
      awaitState(id, i < 2 ? "completed" : "failed");
    }
    JsonNode plan = server.post("workflows/analyze", body).body();
    assertThat(plan.at("/stages/0/checks/checks").asInt()).isEqualTo(3);
    assertThat(plan.at("/stages/0/checks/passRate").asDouble()).isEqualTo(0.667);
    server.close();
    start(Map.of());
    JsonNode again = server.post("workflows/analyze", body).body();
    assertThat(again.at("/stages/0/checks")).isEqualTo(plan.at("/stages/0/checks"));
  }

  @Test
  void stageRunsAgainWhereItsGateDoesNotHoldAndThatIsTold() throws Exception {
    start(SHELL);
    String tests =
        "echo x >> n; if [ $(wc -l < n) -lt 2 ]; then c=50; else c=95; fi; echo"
            + " '{\"metrics\":{\"tests_passed\":99,\"coverage\":'$c'}}' > $CREW_RESULT";
    Map<String, Object> body =
        Map.of(
            "request",
            "开发测试",
            "gateRetries",
            2,
            "executors",
            Map.of("test-engineer", shell(tests)));
    JsonNode plan = server.post("workflows/analyze", Map.of("request", "开发测试")).body();
    assertThat(plan.at("/stages/0/gate/coverage").asString()).as(plan.toString()).isEqualTo(">80");
    JsonNode done = awaitState(run(body), "completed");
    JsonNode quality = stage(done, "quality");
    assertThat(quality.path("round").asInt()).isEqualTo(1);
    assertThat(done.path("recoveries").asInt()).isZero();
    assertThat(quality.at("/sync/retries").asInt()).isEqualTo(2);
    assertThat(quality.at("/sync/earlier")).hasSize(1);
    assertThat(quality.at("/sync/earlier/0").asString()).contains("coverage: 50");
    assertThat(events(Set.of("quality.gate-retried"))).hasSize(1);
    assertThat(events(Set.of("quality.gate-failed"))).hasSize(1);
    assertThat(events(Set.of("task.started"))).hasSize(2);
    assertThat(events(Set.of("task.completed"))).hasSize(2);
    JsonNode checks = server.get("gates/results").body();
    assertThat(checks.path("total").asInt()).isEqualTo(2);
    assertThat(checks.path("passed").asInt()).isEqualTo(1);
  }

  @Test
  void gateBeforeAStageLooksAtWhatWasMeasuredBefore() throws Exception {
    start(Map.of());
    Answer made =
        server.post(
            "templates",
            """
            {"id": "kept", "name": "Kept", "threshold": 4, "phases": [
              {"name": "build", "agents": ["backend-architect", "test-engineer"], "parallel": true},
              {"name": "ship it", "agents": ["devops-engineer"], "dependsOn": ["build"],
                "entry": {"coverage": ">80", "signed": "true"}}]}
            """);
    assertThat(made.status()).as(String.valueOf(made.body())).isEqualTo(201);
    String id = run(Map.of("request", "x", "template", "kept"));
    answer(id, "backend-architect", Map.of("metrics", Map.of("coverage", 91)));
    answer(id, "test-engineer", Map.of("metrics", Map.of("coverage", 60)));
    // One number does not hide the other, but first somebody has to say the rest.
    awaitThat(
        id,
        "the gate waits",
        view -> stage(view, "ship it").at("/entry/status").asString().equals("waiting"));
    JsonNode waiting = stage(view(id), "ship it");
    assertThat(waiting.path("state").asString()).isEqualTo("checking");
    assertThat(waiting.at("/entry/missing/0").asString()).isEqualTo("signed");
    assertThat(waiting.at("/entry/gate/coverage").asString()).isEqualTo(">80");
    WaitingSync asked = server.tasks.workflows().waiting(10).getFirst();
    assertThat(asked.stage()).isEqualTo("stage-2_entry");
    assertThat(asked.title()).isEqualTo("▸ ship it");
    String gate = waiting.at("/entry/id").asString();
    hand(id, gate, Map.of("signed", true));
    JsonNode failed = awaitState(id, "failed");
    assertThat(failed.path("failure").asString())
        .contains("entry gate of stage 'ship it'", "coverage: 60");
    assertThat(stage(failed, "ship it").path("state").asString()).isEqualTo("failed");
    assertThat(stage(failed, "ship it").at("/tasks/0/state").asString()).isEqualTo("created");
    assertThat(server.get("gates/results").body().at("/byKind/0/name").asString())
        .isEqualTo("entry");

    // Begun again with the stage, its gate is looked at again; with other numbers it opens.
    assertThat(server.post("workflows/" + id + "/rollback", Map.of("stage", "build")).status())
        .isEqualTo(202);
    answer(id, "backend-architect", Map.of("metrics", Map.of("coverage", 91)));
    answer(id, "test-engineer", Map.of("metrics", Map.of("coverage", 85)));
    awaitThat(
        id,
        "the gate waits again",
        view -> stage(view, "ship it").at("/entry/status").asString().equals("waiting"));
    hand(id, gate, Map.of("signed", true));
    answer(id, "devops-engineer", Map.of("conclusion", "shipped"));
    JsonNode done = awaitState(id, "completed");
    assertThat(stage(done, "ship it").at("/entry/status").asString()).isEqualTo("passed");
    assertThat(done.path("criticalPath")).hasSize(2);
    // Nobody's work and no phase of the plan.
    assertThat(events(Set.of("workflow.phase-complete"))).hasSize(3);
  }

  private void hand(String run, String gate, Map<String, Object> metrics) throws Exception {
    Answer told = server.post("workflows/" + run + "/sync/" + gate, Map.of("metrics", metrics));
    assertThat(told.status()).as(String.valueOf(told.body())).isEqualTo(202);
  }

  @Test
  void warnsOfAStageWhoseGateMostlyFailed() throws Exception {
    start(Map.of());
    server.post(
        "templates",
        """
        {"id": "risky", "name": "Risky", "threshold": 4, "phases": [
          {"name": "look", "agents": ["test-engineer"], "gate": {"a": "true", "b": ">1"}}]}
        """);
    Map<String, Object> body = Map.of("request", "x", "template", "risky");
    for (int i = 0; i < 3; i++) {
      String id = run(body);
      answer(id, "test-engineer", Map.of("metrics", Map.of("b", i)));
      awaitThat(
          id,
          "the gate waits",
          view -> stage(view, "look").at("/sync/status").asString().equals("waiting"));
      hand(id, "look", Map.of("a", true));
      awaitState(id, i == 2 ? "completed" : "failed");
    }
    assertThat(events(Set.of("quality.gate-at-risk"))).isEmpty();
    JsonNode before = server.post("workflows/analyze", body).body().at("/stages/0/checks");
    assertThat(before.path("chance").asDouble()).isEqualTo(0.4);
    assertThat(before.path("atRisk").asBoolean()).isTrue();
    assertThat(before.path("weakest").asString()).isEqualTo("b");
    String id = run(body);
    assertThat(stage(view(id), "look").path("outlook")).isEqualTo(before);
    Signal.awaitUntil("it is warned of", () -> events(Set.of("quality.gate-at-risk")).size() == 1);
    server.close();
    start(Map.of());
    assertThat(server.post("workflows/analyze", body).body().at("/stages/0/checks"))
        .isEqualTo(before);
  }

  @Test
  void findsRunsByWhatTheyWereAskedFor() throws Exception {
    start(Map.of());
    String login = run(Map.of("request", LOGIN, "project", "shop", "name", "Sprint 7"));
    String api = run(Map.of("request", "Implement the payment API with OAuth"));
    String rapid = run(Map.of("request", "修复登录页面", "template", "rapid_development_workflow"));
    assertThat(found("q=" + CrewServer.escaped("登录"))).containsExactly(rapid, login);
    assertThat(found("q=" + CrewServer.escaped("用户登录"))).containsExactly(login);
    run(Map.of("request", "登录 录功 功能"));
    // The pairs of 登录功能 are there as well, but not side by side.
    assertThat(found("q=" + CrewServer.escaped("登录功能"))).containsExactly(login);
    assertThat(found("q=pay%20oauth")).containsExactly(api);
    assertThat(found("q=sprint")).containsExactly(login);
    assertThat(found("project=shop")).containsExactly(login);
    assertThat(found("template=rapid_development_workflow")).containsExactly(rapid);
    assertThat(found("template=roles")).endsWith(api, login).hasSize(3);
    assertThat(found("q=" + CrewServer.escaped("登录") + "&state=cancelled")).isEmpty();
    server.post("workflows/" + login + "/cancel", null);
    awaitState(login, "cancelled");
    assertThat(found("q=" + CrewServer.escaped("登录") + "&state=cancelled")).containsExactly(login);
    Answer page = server.get("workflows?template=roles&limit=2");
    assertThat(page.body().at("/items/1/id").asString()).isEqualTo(api);
    assertThat(page.body().at("/items/1/project").asString()).isEqualTo("crew");
    String next = page.body().path("next").asString();
    assertThat(found("template=roles&limit=2&cursor=" + next)).containsExactly(login);
    assertThat(server.get("workflows?q=a&cursor=" + next).body().path("code").asString())
        .isEqualTo("cursor-invalid");
    assertThat(found("q=%21%21")).isEmpty();
  }

  private List<String> found(String query) throws Exception {
    Answer answer = server.get("workflows?" + query);
    assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    answer.body().path("items").forEach(item -> ids.add(item.path("id").asString()));
    return ids;
  }

  @Test
  void logOfRunsIsKeptAndSearched() throws Exception {
    start(SHELL);
    String failed =
        run(
            Map.of(
                "request",
                "urgent: write tests",
                "executors",
                Map.of("test-engineer", shell("echo 编译错误 in login.c; exit 3"))));
    awaitState(failed, "failed");
    String other = run(Map.of("request", LOGIN));
    answer(other, "api-designer", Map.of("conclusion", "REST 接口设计"));
    awaitThat(
        other,
        "design is through",
        view -> stage(view, "design").path("state").asString().equals("completed"));
    assertThat(types("workflow=" + failed))
        .containsExactly("workflow.ended", "task.failed", "task.started", "workflow.started");
    assertThat(types("q=" + CrewServer.escaped("编译错误 login"))).hasSize(2);
    assertThat(types("q=" + CrewServer.escaped("接口设计"))).containsExactly("task.completed");
    assertThat(types("q=" + CrewServer.escaped("接口设计") + "&workflow=" + failed)).isEmpty();
    assertThat(types("type=task.failed")).containsExactly("task.failed");
    assertThat(types("workflow=none")).isEmpty();
    JsonNode page = server.get("log?workflow=" + failed + "&limit=3").body();
    assertThat(page.path("items")).hasSize(3);
    assertThat(page.at("/items/1/agent").asString()).isEqualTo("test-engineer");
    assertThat(page.at("/items/1/detail").asString()).contains("ended with 3");
    String next = page.path("next").asString();
    assertThat(types("workflow=" + failed + "&limit=3&cursor=" + next))
        .containsExactly("workflow.started");
  }

  private List<String> types(String query) throws Exception {
    Answer answer = server.get("log?" + query);
    assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(200);
    List<String> types = new ArrayList<>();
    answer.body().path("items").forEach(item -> types.add(item.path("type").asString()));
    return types;
  }

  @Test
  void findsRunsThatBeganBeforeTheyWereRemembered() throws Exception {
    start(Map.of());
    String id = run(Map.of("request", LOGIN));
    server.store.write(tx -> {
      tx.update("DELETE FROM crew_requests");
      tx.update("DELETE FROM crew_request_words");
      tx.update("DELETE FROM crew_done");
    });
    server.close();
    start(Map.of());
    Signal.awaitUntil(
        "the run is found",
        () -> {
          try {
            return found("q=" + CrewServer.escaped("登录")).equals(List.of(id));
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
    Signal.awaitUntil(
        "that is over for good",
        () ->
            server.store.read((Snapshot all) -> all.number("SELECT count(*) FROM crew_done")) > 0);
  }

  @Test
  void runsWhoseHistoryIsOverLeaveNothingOfTheirOwn() throws Exception {
    start(SHELL);
    Map<String, Object> body =
        Map.of("request", "write tests", "executors", Map.of("test-engineer", shell("true")));
    String old = run(body);
    awaitState(old, "completed");
    awaitThat(old, "its end is written down", view -> view.hasNonNull("decision"));
    long key = TaskId.parse(old).key();
    assertThat(rowsOf(key)).isGreaterThan(5);
    server.store.write(tx -> tx.update("DELETE FROM workflow_runs WHERE id = ?", key));
    String next = run(body);
    awaitState(next, "completed");
    awaitThat(next, "its end is written down", view -> view.hasNonNull("decision"));
    assertThat(rowsOf(key)).isZero();
    assertThat(rowsOf(TaskId.parse(next).key())).isGreaterThan(5);
    assertThat(server.get("executions").body().path("items")).hasSize(2);
    assertThat(server.get("decisions").body().path("items")).hasSize(2);
  }

  /** Rows of tables that are about runs; what their checks and they themselves taught stays. */
  private long rowsOf(long run) {
    return server.store.read((Snapshot view) -> {
      long rows =
          view.number("SELECT count(*) FROM crew_request_words WHERE rowid = ?", run)
              + view.number("SELECT count(*) FROM crew_log_words")
              - view.number("SELECT count(*) FROM crew_log");
      for (String table : List.of("crew_requests", "crew_runs", "crew_log")) {
        rows += view.number("SELECT count(*) FROM " + table + " WHERE run = ?", run);
      }
      return rows;
    });
  }

  @Test
  void groupsOfAStageHandTheirResultsOn() throws Exception {
    start(SHELL);
    server.post(
        "templates",
        """
        {"id": "layers", "name": "Layers", "threshold": 4, "phases": [{"name": "all",
          "mode": "layered", "agents": ["test-engineer", "backend-architect", "api-designer"]}]}
        """);
    String grep = "grep -o '\"n\":[0-9]*' $CREW_CONTEXT | sort | tr '\\n' ' '";
    String id =
        run(
            Map.of(
                "request", "x",
                "template", "layers",
                "executors",
                    Map.of(
                        "api-designer", shell("echo '{\"outputs\":{\"n\":1}}' > $CREW_RESULT"),
                        "backend-architect", shell("echo '{\"outputs\":{\"n\":2}}' > $CREW_RESULT"),
                        "test-engineer", shell(grep))));
    JsonNode done = awaitState(id, "completed");
    assertThat(done.at("/stages/0/mode").asString()).isEqualTo("layered");
    assertThat(done.at("/stages/0/tasks/2/agent").asString()).isEqualTo("test-engineer");
    assertThat(done.at("/stages/0/tasks/2/result/output").asString().strip())
        .isEqualTo("\"n\":1 \"n\":2");
  }

  @Test
  void runsShareAWorkspace() throws Exception {
    start(SHELL);
    Answer made = server.post("workspaces", Map.of("name", "login", "kind", "feature"));
    assertThat(made.status()).as(String.valueOf(made.body())).isEqualTo(201);
    assertThat(made.body().path("branch").asString()).isEqualTo("feature/login");
    int port = made.body().path("port").asInt();
    Answer other = server.post("workspaces", Map.of("name", "fix", "kind", "hotfix"));
    assertThat(other.body().path("port").asInt()).isNotEqualTo(port);
    assertThat(code(server.post("workspaces", Map.of("name", "fix", "kind", "hotfix"))))
        .isEqualTo("workspace-exists");
    assertThat(code(server.post("workspaces", Map.of("name", "a", "kind", "bugfix", "port", port))))
        .isEqualTo("workspace-port-taken");
    assertThat(server.post("workspaces", Map.of("name", "../a", "kind", "bugfix")).status())
        .isEqualTo(422);

    String script = "echo $CREW_WORKSPACE $CREW_BRANCH $CREW_PORT; echo x >> seen; wc -l < seen";
    Map<String, Object> body =
        Map.of(
            "request", "write tests",
            "workspace", "login",
            "executors", Map.of("test-engineer", shell(script)));
    awaitState(run(body), "completed");
    JsonNode done = awaitState(run(body), "completed");
    assertThat(done.path("workspace").asString()).isEqualTo("login");
    assertThat(done.at("/stages/0/tasks/0/result/output").asString().strip())
        .isEqualTo("login feature/login " + port + "\n2");
    assertThat(folder.resolve("crew/work/workspaces/login/seen")).exists();
    JsonNode used = server.get("workspaces/login").body();
    assertThat(used.path("runs").asInt()).isEqualTo(2);
    assertThat(used.hasNonNull("usedAt")).isTrue();

    Answer merged =
        server.send("PUT", "workspaces/login", Map.of("kind", "feature", "status", "merged"));
    assertThat(merged.body().path("port").asInt()).isEqualTo(port);
    assertThat(code(server.post("workflows", body))).isEqualTo("workspace-closed");
    assertThat(server.send("DELETE", "workspaces/login", null).status()).isEqualTo(204);
    assertThat(server.get("workspaces").body().path("items")).hasSize(1);
    assertThat(code(server.get("workspaces/login"))).isEqualTo("workspace-not-found");
  }

  private static String code(Answer answer) {
    return answer.body().path("code").asString();
  }

  @Test
  void reportsOfAnEarlierRunOpenNoGate() throws Exception {
    start(SHELL);
    Path shared = folder.resolve("crew/work/shared");
    Files.createDirectories(shared);
    Files.copy(report("jacoco.xml"), shared.resolve("jacoco.xml"));
    Files.setLastModifiedTime(
        shared.resolve("jacoco.xml"), java.nio.file.attribute.FileTime.fromMillis(1_000_000));
    Map<String, Object> executor = shell("true", "jacoco.xml");
    executor.put("folder", "shared");
    String id =
        run(Map.of("request", "write tests", "executors", Map.of("test-engineer", executor)));
    JsonNode failed = awaitState(id, "failed");
    assertThat(failed.path("failure").asString())
        .contains("jacoco.xml was not written by this run");
  }

  @Test
  void programThatIsNotAllowedIsRefusedWithKeyAndRemedy() throws Exception {
    start(Map.of("crew.shell.programs", "mvn"));
    Answer refused =
        server.post(
            "workflows",
            Map.of("request", "write tests", "executors", Map.of("test-engineer", shell("rm x"))));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("code").asString()).isEqualTo("program-not-allowed");
    assertThat(refused.body().path("detail").asString())
        .contains("'sh'", "crew.shell.programs", "mvn");
    assertThat(refused.body().path("remedy").asString()).contains("crew.shell.programs");
    assertThat(refused.body().at("/errors/0/pointer").asString())
        .isEqualTo("/executors/test-engineer/command/0");
    Answer agent =
        server.post(
            "agents",
            Map.of(
                "name", "a", "domain", "quality", "complexityScore", 5, "executor", shell("true")));
    assertThat(agent.body().path("code").asString()).isEqualTo("program-not-allowed");
    Answer unknown =
        server.post(
            "workflows",
            Map.of(
                "request",
                "write tests",
                "executors",
                Map.of("test-engineer", Map.of("kind", "java", "type", "no.such"))));
    assertThat(unknown.body().path("code").asString()).isEqualTo("executor-invalid");
    Answer nowhere =
        server.post(
            "workflows",
            Map.of(
                "request",
                "write tests",
                "executors",
                Map.of(
                    "test-engineer",
                    Map.of("kind", "http", "url", "ftp://x", "timeLimit", "PT0S"))));
    assertThat(nowhere.body().at("/errors/0/detail").asString())
        .isEqualTo("'ftp://x' is no address; use one that begins with http:// or https://");
    assertThat(nowhere.body().at("/errors/1/detail").asString())
        .isEqualTo("PT0S is no time to work in; use more than none, such as PT5M");
    // Also a task that is submitted by itself, past the plan.
    var work = JsonNodeFactory.instance.objectNode();
    work.put("workflow", "w").put("task", "t").put("agent", "a").put("stage", "s");
    work.put("description", "d").put("thinking", "normal").put("request", "r").put("priority", 9);
    work.put("timeLimit", "PT1M").put("hasFallback", false);
    work.putObject("executor").put("kind", "shell").putArray("command").add("sh");
    var id =
        server
            .tasks
            .submitJson("crew.shell", work, dev.millrace.tasks.SubmitOptions.defaults())
            .id();
    assertThat(server.tasks.await(id, Signal.LIMIT).orElseThrow().error())
        .contains("'sh' is not in crew.shell.programs");
  }

  @Test
  void cancelledProgramEndsWithItsChildren() throws Exception {
    start(SHELL);
    Path pids = folder.resolve("pids");
    String script =
        "(sleep 600 & echo $! >> " + pids + "); sleep 600 & echo $! >> " + pids + "; wait";
    String id =
        run(Map.of("request", "write tests", "executors", Map.of("test-engineer", shell(script))));
    Signal.awaitUntil("both children run", () -> lines(pids).size() == 2);
    List<ProcessHandle> children =
        lines(pids).stream()
            .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
            .toList();
    assertThat(server.post("workflows/" + id + "/cancel", "").status()).isEqualTo(200);
    assertThat(view(id).path("state").asString()).isEqualTo("cancelled");
    Signal.awaitUntil(
        "the children are gone", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    awaitThat(id, "the end is written down", view -> view.hasNonNull("decision"));
    assertThat(server.get("executions").body().path("items")).hasSize(1);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  @Test
  void programOutOfTimeOrTalkingTooMuchIsEnded() throws Exception {
    start(
        Map.of(
            "crew.shell.programs",
            "sh",
            "crew.retry-pause",
            "10ms",
            "crew.shell.most-output",
            "2 KB"));
    Map<String, Object> slow = shell("sleep 600");
    slow.put("timeLimit", "PT0.2S");
    String late = run(Map.of("request", "write tests", "executors", Map.of("test-engineer", slow)));
    assertThat(awaitState(late, "failed").path("failure").asString())
        .contains("ran longer than PT0.2S");
    String loud =
        run(Map.of("request", "write tests", "executors", Map.of("test-engineer", shell("yes"))));
    assertThat(awaitState(loud, "failed").path("failure").asString())
        .contains("wrote more than 2", "crew.shell.most-output");
  }

  @Test
  void failureOfUrgentWorkIsTriedAgainAndOfIdleWorkLeftOut() throws Exception {
    start(SHELL);
    Path count = folder.resolve("count");
    Map<String, Object> failing = shell("echo x >> " + count + "; echo broken; exit 3");
    String urgent =
        run(
            Map.of(
                "request", "urgent: write tests", "executors", Map.of("test-engineer", failing)));
    assertThat(awaitState(urgent, "failed").path("failure").asString())
        .contains("ended with 3: broken");
    assertThat(lines(count)).hasSize(4);
    JsonNode tried = view(urgent).at("/stages/0/tasks/0");
    assertThat(tried.path("retries").asInt(-1)).isEqualTo(3);
    assertThat(tried.path("maxRetries").asInt()).isEqualTo(3);
    String low =
        run(
            Map.of(
                "request",
                "low priority: write tests",
                "executors",
                Map.of("test-engineer", failing)));
    JsonNode done = awaitState(low, "completed");
    assertThat(done.at("/stages/0/tasks/0/state").asString()).isEqualTo("skipped");
    assertThat(done.at("/stages/0/tasks/0/error").asString()).contains("broken");
    assertThat(done.at("/stages/0/tasks/0/retries").asInt(-1)).isZero();
    assertThat(lines(count)).hasSize(5);
  }

  @Test
  void fallbackAgentTakesOver() throws Exception {
    start(SHELL);
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("domain", "quality");
    agent.put("complexityScore", 7);
    agent.put("executor", shell("exit 1"));
    agent.put("fallback", "code-reviewer");
    assertThat(server.send("PUT", "agents/test-engineer", agent).status()).isEqualTo(200);
    String id = run(Map.of("request", "write tests, low priority"));
    answer(id, "code-reviewer", Map.of("conclusion", "looked over"));
    JsonNode task = awaitState(id, "completed").at("/stages/0/tasks/0");
    assertThat(task.path("fallback").asBoolean()).isTrue();
    assertThat(task.at("/result/agent").asString()).isEqualTo("code-reviewer");
    agent.put("fallback", "test-engineer");
    assertThat(server.send("PUT", "agents/test-engineer", agent).status()).isEqualTo(422);
  }

  @Test
  void servicesAndTaskTypesDoWork() throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicReference<String> asked = new AtomicReference<>();
    service.createContext(
        "/agent",
        exchange -> {
          asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body =
              "{\"conclusion\":\"fine\",\"metrics\":{\"coverage\":88}}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
    try {
      start(Map.of("crew.http.allowed-networks", "127.0.0.0/8", "crew.retry-pause", "10ms"));
      server.tasks.register(
          TaskType.io("shout", JsonNode.class, JsonNode.class, (_, input) -> input));
      String url = "http://127.0.0.1:" + service.getAddress().getPort() + "/agent";
      String id =
          run(
              Map.of(
                  "request",
                  "测试 and 监控",
                  "input",
                  Map.of("word", "go"),
                  "executors",
                  Map.of(
                      "test-engineer", Map.of("kind", "http", "url", url),
                      "monitoring-specialist",
                          Map.of(
                              "kind",
                              "java",
                              "type",
                              "shout",
                              "input",
                              Map.of("say", "{{input.input.word}}")))));
      JsonNode done = awaitState(id, "completed");
      assertThat(done.at("/qualityMetrics/coverage").asDouble()).isEqualTo(88);
      assertThat(asked.get()).contains("测试 and 监控", id);
      List<JsonNode> tasks = new ArrayList<>();
      done.path("stages").forEach(stage -> stage.path("tasks").forEach(tasks::add));
      assertThat(tasks).anyMatch(task -> task.at("/result/say").asString("").equals("go"));
      String gone =
          run(
              Map.of(
                  "request",
                  "write tests",
                  "executors",
                  Map.of(
                      "test-engineer",
                      Map.of("kind", "http", "url", url.replace("/agent", "/other")))));
      assertThat(awaitState(gone, "failed").path("failure").asString()).contains("404");
    } finally {
      service.stop(0);
    }
  }

  @Test
  void servicesInPrivateNetworksAreNotCalled() throws Exception {
    start(Map.of());
    String id =
        run(
            Map.of(
                "request",
                "write tests",
                "executors",
                Map.of("test-engineer", Map.of("kind", "http", "url", "http://127.0.0.1:1/x"))));
    assertThat(awaitState(id, "failed").path("failure").asString()).contains("loopback");
  }

  @Test
  void pausedRunStartsNothingAndSeveralRunAtOnce() throws Exception {
    start(SHELL);
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      runs.add(run(Map.of("request", LOGIN, "name", "run " + i % 2)));
    }
    String paused = runs.getFirst();
    answerFirst(paused);
    assertThat(server.post("workflows/" + paused + "/pause", "").status()).isEqualTo(202);
    awaitState(paused, "paused");
    for (String id : runs.subList(1, 5)) {
      answer(id, "api-designer", Map.of("conclusion", "REST"));
      awaitThat(
          id,
          "implementation",
          view -> {
            return stage(view, "implementation").path("state").asString().equals("running");
          });
    }
    assertThat(server.post("workflows/" + paused + "/resume", "").status()).isEqualTo(202);
    awaitState(paused, "running");
    JsonNode page = server.get("workflows?limit=2").body();
    assertThat(page.path("items")).hasSize(2);
    JsonNode rest = server.get("workflows?limit=50&cursor=" + page.path("next").asString()).body();
    assertThat(rest.path("items")).hasSize(3);
    assertThat(server.get("workflows/" + paused.replace('0', '1')).status()).isEqualTo(404);
    assertThat(server.get("workflows/nonsense").status()).isEqualTo(404);
    assertThat(server.post("work/" + paused + "/answer", Map.of()).status()).isEqualTo(404);
  }

  private void answerFirst(String id) throws Exception {
    awaitThat(
        id,
        "design began",
        view -> {
          return stage(view, "design").at("/tasks/0/state").asString().equals("waiting");
        });
  }
}
