package dev.millrace.apps.crew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.crew.CrewServer.Answer;
import dev.millrace.http.EndpointCheck;
import dev.millrace.http.Json;
import dev.millrace.store.Position;
import dev.millrace.store.journal.Cursor;
import dev.millrace.store.journal.Event;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CrewAppTest {
  @TempDir Path folder;
  private CrewServer server;

  @BeforeEach
  void start() throws Exception {
    server = new CrewServer(folder, Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyExampleFitsItsOwnSchema() {
    assertThat(EndpointCheck.complaints(server.parts.endpoints(), Json.mapper())).isEmpty();
  }

  @Test
  void plansTheLoginExampleAsDocumented() throws Exception {
    Answer answer =
        server.post("workflows/analyze", Map.of("request", "实现用户登录功能，包括JWT认证、密码加密、会话管理"));
    assertThat(answer.status()).isEqualTo(200);
    JsonNode plan = answer.body();
    assertThat(plan.path("complexity").asString()).isEqualTo("medium");
    assertThat(plan.path("domain").asString()).isEqualTo("development");
    assertThat(texts(plan.path("roles")))
        .containsExactly("backend-architect", "security-auditor", "api-designer", "test-engineer");
    assertThat(plan.path("mode").asString()).isEqualTo("hybrid");
    assertThat(plan.path("tier").asString()).isEqualTo("premium");
    assertThat(plan.path("estimateHours").asDouble()).isEqualTo(2.2);
    JsonNode stages = plan.path("stages");
    assertThat(texts(stages, "name")).containsExactly("design", "implementation", "quality");
    assertThat(texts(stages.get(0).path("tasks"))).containsExactly("api-designer");
    assertThat(stages.get(0).at("/sync/type").asString()).isEqualTo("consensus");
    assertThat(stages.get(0).at("/sync/criteria/agreement").asString()).isEqualTo(">=0.8");
    assertThat(texts(stages.get(1).path("tasks"))).containsExactly("backend-architect");
    assertThat(stages.get(1).at("/sync/criteria/api_compat").asString()).isEqualTo("==100");
    assertThat(texts(stages.get(1).path("dependsOn"))).containsExactly("design");
    assertThat(texts(stages.get(2).path("tasks")))
        .containsExactly("security-auditor", "test-engineer");
    assertThat(stages.get(2).path("gate").toString())
        .isEqualTo("{\"tests_passed\":\">95\",\"coverage\":\">80\"}");
    assertThat(texts(plan.path("why"), "rule"))
        .containsExactly("login", "token", "security", "password");
    assertThat(texts(plan.path("why"), "matched")).containsExactly("登录", "JWT", "认证", "密码");
    assertThat(plan.at("/schedule/levels")).hasSize(3);
    assertThat(plan.at("/schedule/criticalPath")).hasSize(3);
    assertThat(plan.at("/tasks/0/priority").asInt()).isEqualTo(6);
    assertThat(plan.at("/tasks/0/platformPriority").asInt()).isEqualTo(4);
  }

  @Test
  void plansByTemplate() throws Exception {
    JsonNode premium =
        server
            .post(
                "workflows/analyze",
                Map.of("request", "urgent: build a critical payment API", "template", "auto"))
            .body();
    assertThat(premium.path("templateId").asString()).isEqualTo("premium_quality_workflow");
    assertThat(texts(premium.path("stages"), "name"))
        .containsExactly(
            "requirement_analysis",
            "architecture_design",
            "parallel_implementation",
            "quality_assurance",
            "deployment_prep");
    assertThat(premium.at("/templates/0/priority").asDouble()).isEqualTo(30);
    JsonNode rapid =
        server
            .post(
                "workflows/analyze",
                Map.of("request", "x", "template", "rapid_development_workflow"))
            .body();
    assertThat(texts(rapid.path("roles")))
        .containsExactly(
            "business-analyst", "backend-architect", "frontend-specialist", "test-engineer");
    Answer unknown =
        server.post("workflows/analyze", Map.of("request", "x", "template", "no-such"));
    assertThat(unknown.body().path("code").asString()).isEqualTo("template-not-found");
  }

  @Test
  void keepsTemplatesOfUsersAndRefusesCircles() throws Exception {
    String good =
        """
        {"id": "mine", "name": "Mine", "threshold": 4, "phases": [
          {"name": "a", "agents": ["test-engineer"]},
          {"name": "b", "agents": ["code-reviewer", "test-engineer"], "parallel": true,
            "dependsOn": ["a"], "gate": {"coverage": ">=70"}}]}
        """;
    assertThat(server.post("templates", good).status()).isEqualTo(201);
    assertThat(server.post("templates", good).body().path("code").asString())
        .isEqualTo("template-exists");
    JsonNode plan =
        server.post("workflows/analyze", Map.of("request", "x", "template", "mine")).body();
    assertThat(texts(plan.path("tasks"), "id"))
        .containsExactly("test-engineer", "code-reviewer", "test-engineer-2");
    Answer circle =
        server.send(
            "PUT",
            "templates/round",
            """
            {"name": "Round", "threshold": 4, "phases": [
              {"name": "a", "agents": ["test-engineer"], "dependsOn": ["c"]},
              {"name": "b", "agents": ["test-engineer"], "dependsOn": ["a"]},
              {"name": "c", "agents": ["test-engineer"], "dependsOn": ["b"]}]}
            """);
    assertThat(circle.status()).isEqualTo(422);
    assertThat(circle.body().at("/errors/0/detail").asString()).contains("a → c → b → a");
    Answer missing =
        server.send(
            "PUT",
            "templates/lost",
            """
            {"name": "Lost", "threshold": 4, "phases": [
              {"name": "a", "agents": ["nobody"]},
              {"name": "b", "agents": ["test-engineer"], "dependsOn": ["z"]}]}
            """);
    assertThat(missing.body().at("/errors/0/pointer").asString()).isEqualTo("/phases/0/agents/0");
    assertThat(server.send("DELETE", "templates/mine", null).status()).isEqualTo(204);
    assertThat(server.get("templates/mine").status()).isEqualTo(404);
    assertThat(
            server
                .send("DELETE", "templates/rapid_development_workflow", null)
                .body()
                .path("code")
                .asString())
        .isEqualTo("template-built-in");
    assertThat(texts(server.get("templates").body().path("items"), "id"))
        .containsExactly("premium_quality_workflow", "rapid_development_workflow");
  }

  @Test
  void syncPointThatWouldAlwaysPassIsRefused() throws Exception {
    String template =
        """
        {"id": "%s", "name": "Open", "threshold": 4, "phases": [{"name": "all",
          "agents": ["test-engineer"], "syncPoint": {"name": "x", "type": "%s", "criteria": {}}}]}
        """;
    Answer open = server.post("templates", template.formatted("v", "validation"));
    assertThat(open.status()).isEqualTo(422);
    assertThat(open.body().at("/errors/0/pointer").asString())
        .isEqualTo("/phases/0/syncPoint/criteria");
    assertThat(open.body().at("/errors/0/detail").asString())
        .contains("type validation would always pass", "or use checkpoint");
    assertThat(server.post("templates", template.formatted("q", "quality-gate")).status())
        .isEqualTo(422);
    for (String type : List.of("checkpoint", "consensus", "dependency")) {
      assertThat(server.post("templates", template.formatted(type, type)).status()).isEqualTo(201);
    }
  }

  @Test
  void phasesGroupTheirAgentsByWhatTheyDo() throws Exception {
    String template =
        """
        {"id": "%s", "name": "Grouped", "threshold": 4, "phases": [{"name": "all", "mode": "%s",
          "agents": ["test-engineer", "api-designer", "backend-architect", "ux-designer",
            "frontend-specialist"]}]}
        """;
    assertThat(server.post("templates", template.formatted("l", "layered")).status())
        .isEqualTo(201);
    assertThat(server.post("templates", template.formatted("d", "domain-parallel")).status())
        .isEqualTo(201);
    Answer hybrid = server.post("templates", template.formatted("h", "hybrid"));
    assertThat(hybrid.status()).as(String.valueOf(hybrid.body())).isEqualTo(422);
    Answer unchecked = server.post("templates", template.formatted("p", "parallel-then-sync"));
    assertThat(unchecked.status()).isEqualTo(422);
    assertThat(unchecked.body().toString()).contains("give the phase a syncPoint or a gate");
    Answer checked =
        server.post(
            "templates",
            template
                .formatted("p", "parallel-then-sync")
                .replace("\"mode\"", "\"gate\": {\"ready\": \"true\"}, \"mode\""));
    assertThat(checked.status()).as(String.valueOf(checked.body())).isEqualTo(201);
    JsonNode together =
        server.post("workflows/analyze", Map.of("request", "x", "template", "p")).body();
    assertThat(together.at("/stages/0/mode").asString()).isEqualTo("parallel-then-sync");
    assertThat(together.at("/schedule/levels")).hasSize(1);
    JsonNode layered =
        server.post("workflows/analyze", Map.of("request", "x", "template", "l")).body();
    assertThat(layered.at("/stages/0/mode").asString()).isEqualTo("layered");
    assertThat(before(layered))
        .isEqualTo(
            Map.of(
                "api-designer", List.of(),
                "ux-designer", List.of(),
                "backend-architect", List.of("api-designer", "ux-designer"),
                "frontend-specialist", List.of("api-designer", "ux-designer"),
                "test-engineer", List.of("backend-architect", "frontend-specialist")));
    assertThat(layered.at("/schedule/levels")).hasSize(3);
    JsonNode domains =
        server.post("workflows/analyze", Map.of("request", "x", "template", "d")).body();
    assertThat(before(domains))
        .isEqualTo(
            Map.of(
                "api-designer", List.of(),
                "ux-designer", List.of("api-designer"),
                "backend-architect", List.of(),
                "frontend-specialist", List.of("backend-architect"),
                "test-engineer", List.of()));
  }

  private static Map<String, List<String>> before(JsonNode plan) {
    Map<String, List<String>> before = new java.util.HashMap<>();
    for (JsonNode task : plan.path("tasks")) {
      before.put(task.path("id").asString(), texts(task.path("dependsOn")));
    }
    return before;
  }

  @Test
  void ranksAgentsWithTheirParts() throws Exception {
    JsonNode ranked =
        server
            .get("agents/rank?limit=3&request=" + CrewServer.escaped("开发一个用户登录接口"))
            .body()
            .path("items");
    JsonNode first = ranked.get(0);
    assertThat(ranked).hasSize(3);
    assertThat(first.path("agent").asString()).isEqualTo("api-designer");
    // technical 40, both patterns 30, 20 − 2 × |5.5 − 7.5|, 0.1 × mean(92, 100)
    assertThat(first.path("parts").toString())
        .isEqualTo(
            "{\"domain\":40.0,\"skills\":30.0,\"complexity\":16.0,\"condition\":9.6,\"usage\":0.0}"
                .replace("\"usage\":0.0", "\"usage\":" + first.at("/parts/usage")));
    assertThat(first.path("score").asDouble()).isEqualTo(95.6);
    assertThat(first.path("suitable").asBoolean()).isTrue();
  }

  @Test
  void keepsAgents() throws Exception {
    Answer added =
        server.post(
            "agents",
            """
            {"name": "payment-expert", "domain": "technical", "skills": ["api"],
              "complexityScore": 9, "availability": 40}
            """);
    assertThat(added.status()).isEqualTo(201);
    assertThat(server.get("agents").body().path("items")).hasSize(21);
    JsonNode ranked = server.get("agents/rank?limit=200&request=api").body().path("items");
    for (JsonNode each : ranked) {
      if (each.path("agent").asString().equals("payment-expert")) {
        assertThat(each.path("suitable").asBoolean()).isFalse();
      }
    }
    assertThat(server.send("DELETE", "agents/payment-expert", null).status()).isEqualTo(204);
    assertThat(server.send("DELETE", "agents/payment-expert", null).status()).isEqualTo(404);
    assertThat(server.send("DELETE", "agents/test-engineer", null).status()).isEqualTo(409);
  }

  @Test
  void readsReportsAndChecksGates() throws Exception {
    JsonNode metrics =
        server
            .post(
                "gates/metrics",
                Map.of(
                    "files",
                    List.of(
                        Map.of(
                            "name",
                            "a.xml",
                            "content",
                            "<testsuite tests='10' failures='1' errors='1' skipped='2'/>")),
                    "exitCodes",
                    Map.of("lint", 0)))
            .body()
            .path("metrics");
    assertThat(metrics.path("tests_passed").asDouble()).isEqualTo(75);
    assertThat(metrics.path("exit_lint").asDouble()).isZero();
    JsonNode result =
        server
            .post(
                "gates/check",
                Map.of(
                    "criteria",
                    Map.of("tests_passed", ">=75", "coverage", ">80", "ready", "true"),
                    "metrics",
                    Map.of("tests_passed", 75, "coverage", 80, "ready", true)))
            .body();
    assertThat(result.path("success").asBoolean()).isFalse();
    assertThat(result.path("failed")).hasSize(1);
    assertThat(result.at("/failed/0/criterion").asString()).isEqualTo("coverage");
    Answer broken =
        server.post(
            "gates/metrics",
            Map.of("files", List.of(Map.of("name", "b.xml", "content", "<testsuite>\n<x>"))));
    assertThat(broken.body().path("code").asString()).isEqualTo("report-unreadable");
    assertThat(broken.body().path("detail").asString()).contains("b.xml, line 2");
    JsonNode votes =
        server
            .post(
                "gates/consensus",
                """
                {"votes": [{"role": "a", "conclusion": "REST", "confidence": 0.9},
                  {"role": "b", "conclusion": "SOAP", "confidence": 0.1}]}
                """)
            .body();
    assertThat(votes.path("success").asBoolean()).isTrue();
  }

  @Test
  void learnsFromExecutions() throws Exception {
    String request = "实现用户登录功能，包括JWT认证、密码加密、会话管理";
    for (int i = 0; i < 3; i++) {
      Answer recorded =
          server.post(
              "executions",
              Map.of(
                  "request",
                  request,
                  "agents",
                  List.of("api-designer"),
                  "seconds",
                  7200,
                  "satisfaction",
                  5,
                  "success",
                  true));
      assertThat(recorded.status()).isEqualTo(201);
      assertThat(recorded.body().path("domain").asString()).isEqualTo("development");
    }
    JsonNode plan = server.post("workflows/analyze", Map.of("request", request)).body();
    assertThat(plan.at("/history/meanHours").asDouble()).isEqualTo(2);
    assertThat(plan.at("/tasks/0/hours").asDouble()).isEqualTo(0.5);
    assertThat(server.get("agents/api-designer").body().path("usage").asInt()).isEqualTo(3);
    JsonNode page = server.get("executions?limit=2").body();
    assertThat(texts(page.path("items"), "id")).containsExactly("3", "2");
    JsonNode rest = server.get("executions?limit=2&cursor=" + page.path("next").asString()).body();
    assertThat(texts(rest.path("items"), "id")).containsExactly("1");
    assertThat(server.get("executions/99").status()).isEqualTo(404);
    server.post(
        "executions",
        Map.of(
            "request",
            "修复部署",
            "template",
            "gated",
            "agents",
            List.of("devops-engineer", "api-designer"),
            "seconds",
            2400,
            "success",
            false));
    JsonNode counted = server.get("executions/summary").body();
    assertThat(counted.path("total").asInt()).isEqualTo(4);
    assertThat(counted.path("succeeded").asInt()).isEqualTo(3);
    assertThat(counted.path("meanSeconds").asDouble()).isEqualTo(6000);
    assertThat(counted.path("meanSatisfaction").asDouble()).isEqualTo(5);
    assertThat(texts(counted.path("byAgent"), "name"))
        .containsExactly("api-designer", "devops-engineer");
    assertThat(counted.at("/byAgent/0/runs").asInt()).isEqualTo(4);
    assertThat(counted.at("/byAgent/0/load").asDouble()).isEqualTo(0.909);
    assertThat(texts(counted.path("byTemplate"), "name")).containsExactly("roles", "gated");
    assertThat(counted.at("/byDay/0/runs").asInt()).isEqualTo(4);
    assertThat(counted.at("/lengths/p50").asDouble()).isEqualTo(7200);
    assertThat(counted.at("/lengths/p99").asDouble()).isEqualTo(7200);
    assertThat(server.get("executions/summary?days=0").status()).isEqualTo(400);
  }

  @Test
  void learnsHowWellAgentsDoAndHowLongTheyTake() throws Exception {
    for (int i = 0; i < 10; i++) {
      Map<String, Object> work = new HashMap<>();
      work.put("test-engineer", Map.of("seconds", 1_800, "success", i < 5));
      // The whole failed, but not by this one; a third was not through.
      work.put("api-designer", Map.of("seconds", 900, "success", true));
      Answer made =
          server.post(
              "executions",
              Map.of(
                  "request",
                  "测试",
                  "agents",
                  List.of("test-engineer", "api-designer", "code-reviewer", "stranger"),
                  "seconds",
                  60,
                  "success",
                  false,
                  "work",
                  work));
      assertThat(made.status()).as(String.valueOf(made.body())).isEqualTo(201);
    }
    // Nobody said who did what: all failed. How content the user is counts half.
    Answer rated =
        server.post(
            "executions",
            Map.of(
                "request",
                "测试",
                "agents",
                List.of("ux-designer"),
                "seconds",
                60,
                "satisfaction",
                4,
                "success",
                true));
    assertThat(rated.body().path("work").isNull()).isTrue();
    double before = conditionOf("test-engineer");
    Answer accepted = server.post("agents/learn", Map.of());
    assertThat(accepted.status()).as(String.valueOf(accepted.body())).isEqualTo(202);
    TaskView done =
        server
            .tasks
            .await(TaskId.parse(accepted.body().path("taskId").asString()), Duration.ofSeconds(30))
            .orElseThrow();
    assertThat(done.state()).as(String.valueOf(done)).isEqualTo(TaskState.SUCCEEDED);
    assertThat(done.output().path("executions").asInt()).isEqualTo(11);
    assertThat(done.output().path("agents")).hasSize(3);
    Signal.awaitUntil(
        "the registry has it",
        () -> {
          try {
            return server.get("agents/test-engineer").body().hasNonNull("learned");
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
    JsonNode agent = server.get("agents/test-engineer").body();
    // (10 × 85 + 5 × 100) / 20
    assertThat(agent.at("/learned/performance").asDouble()).isEqualTo(67.5);
    assertThat(agent.at("/learned/executions").asInt()).isEqualTo(10);
    assertThat(agent.at("/learned/meanSeconds").asDouble()).isEqualTo(1_800);
    assertThat(agent.path("performance").asDouble()).isEqualTo(85);
    assertThat(conditionOf("test-engineer")).isLessThan(before);
    // (10 × 92 + 10 × 100) / 20
    assertThat(server.get("agents/api-designer").body().at("/learned/performance").asDouble())
        .isEqualTo(96);
    // (10 × 85 + 50 + 37.5) / 11, and one length is too few.
    JsonNode designer = server.get("agents/ux-designer").body().path("learned");
    assertThat(designer.path("performance").asDouble()).isEqualTo(85.2);
    assertThat(designer.path("meanSeconds").isNull()).isTrue();
    assertThat(server.get("agents/code-reviewer").body().path("learned").isNull()).isTrue();

    // Plans take half an hour for its task now.
    JsonNode plan = server.post("workflows/analyze", Map.of("request", RunsTest.LOGIN)).body();
    for (JsonNode task : plan.path("tasks")) {
      if (task.path("agent").asString().equals("test-engineer")) {
        assertThat(task.path("hours").asDouble()).isEqualTo(0.5);
      }
    }
    // What is said about an agent does not unlearn it.
    assertThat(server.send("PUT", "agents/test-engineer", said(agent)).status()).isEqualTo(200);
    assertThat(server.get("agents/test-engineer").body().hasNonNull("learned")).isTrue();
  }

  private static Map<String, Object> said(JsonNode agent) {
    return Map.of(
        "domain",
        agent.path("domain").asString(),
        "skills",
        List.of("test"),
        "complexityScore",
        7,
        "performance",
        80);
  }

  @Test
  void measuresHowFastPlansAreMade() throws Exception {
    assertThat(server.get("bench").body().path("items")).isEmpty();
    Answer accepted = server.post("bench", Map.of("requests", 40, "users", 4, "template", "auto"));
    assertThat(accepted.status()).as(String.valueOf(accepted.body())).isEqualTo(202);
    TaskView done =
        server
            .tasks
            .await(TaskId.parse(accepted.body().path("taskId").asString()), Duration.ofSeconds(60))
            .orElseThrow();
    assertThat(done.state()).as(String.valueOf(done)).isEqualTo(TaskState.SUCCEEDED);
    JsonNode result = server.get("bench").body().at("/items/0");
    assertThat(result.path("requests").asInt()).isEqualTo(40);
    assertThat(result.path("template").asString()).isEqualTo("auto");
    assertThat(result.path("p50").asDouble()).isPositive();
    assertThat(result.path("p95").asDouble()).isGreaterThanOrEqualTo(result.path("p50").asDouble());
    assertThat(result.path("p99").asDouble()).isGreaterThanOrEqualTo(result.path("p95").asDouble());
    assertThat(result.path("longest").asDouble())
        .isGreaterThanOrEqualTo(result.path("p99").asDouble());
    assertThat(result.path("rate").asDouble()).isPositive();
    assertThat(server.post("bench", Map.of("requests", 20_001)).status()).isEqualTo(422);
    assertThat(server.post("bench", Map.of("template", "none")).status()).isEqualTo(404);
    // Nothing was run or recorded.
    assertThat(server.get("workflows").body().path("items")).isEmpty();
    assertThat(server.get("executions").body().path("items")).isEmpty();
  }

  private double conditionOf(String name) throws Exception {
    for (JsonNode ranked : server.get("agents/rank?limit=100&request=a").body().path("items")) {
      if (ranked.path("agent").asString().equals(name)) {
        return ranked.at("/parts/condition").asDouble();
      }
    }
    throw new AssertionError(name + " is not ranked");
  }

  @Test
  void keepsHowContentUsersAre() throws Exception {
    server.post(
        "executions",
        Map.of(
            "request",
            "修复部署",
            "agents",
            List.of("devops-engineer"),
            "seconds",
            60,
            "success",
            true));
    Answer rated = server.send("PUT", "executions/1/rating", Map.of("satisfaction", 4));
    assertThat(rated.status()).as(String.valueOf(rated.body())).isEqualTo(200);
    assertThat(rated.body().path("satisfaction").asInt()).isEqualTo(4);
    server.send("PUT", "executions/1/rating", Map.of("satisfaction", 2));
    assertThat(server.get("executions/1").body().path("satisfaction").asInt()).isEqualTo(2);
    assertThat(server.get("executions/summary").body().path("meanSatisfaction").asDouble())
        .isEqualTo(2);
    assertThat(server.get("agents/devops-engineer").body().path("usage").asInt()).isEqualTo(1);
    List<Event> told =
        server
            .journal
            .read(
                Cursor.after(new Position(server.store.position().history(), 0)),
                10,
                Set.of("learning.feedback"))
            .items();
    assertThat(told).hasSize(3);
    assertThat(told.getLast().json()).contains("\"satisfaction\":2");
    assertThat(server.send("PUT", "executions/1/rating", Map.of("satisfaction", 6)).status())
        .isEqualTo(422);
    assertThat(server.send("PUT", "executions/9/rating", Map.of("satisfaction", 3)).status())
        .isEqualTo(404);
  }

  @Test
  void checksGatesByStandardsThatHaveNames() throws Exception {
    JsonNode commit =
        server
            .post(
                "gates/check",
                """
                {"standard": "commit", "criteria": {"duplicates": "<=9"},
                 "metrics": {"coverage": 79, "complexity": 10, "duplicates": 7}}
                """)
            .body();
    assertThat(texts(commit.path("failed"), "criterion")).containsExactly("coverage");
    assertThat(texts(server.get("gates/standards").body().path("items"), "name"))
        .containsExactly("release", "commit");
    Answer none = server.post("gates/check", Map.of("standard", "none", "metrics", Map.of()));
    assertThat(none.body().path("code").asString()).isEqualTo("standard-not-found");
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asString()));
    return texts;
  }

  static List<String> texts(JsonNode list, String name) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.path(name).asString()));
    return texts;
  }

  @Test
  void tellsPercentilesOfStagesAndAgents() throws Exception {
    assertThat(server.get("executions/times").body().path("plans").isNull()).isTrue();
    for (int i = 1; i <= 20; i++) {
      Answer made =
          server.post(
              "executions",
              Map.of(
                  "request",
                  "x",
                  "agents",
                  List.of("test-engineer"),
                  "seconds",
                  10,
                  "success",
                  true,
                  "work",
                  Map.of("test-engineer", Map.of("seconds", i, "success", true)),
                  "stages",
                  Map.of("quality", 2 * i)));
      assertThat(made.status()).isEqualTo(201);
    }
    // One that says nothing about its parts.
    server.post(
        "executions",
        Map.of("request", "x", "agents", List.of("a"), "seconds", 10, "success", true));
    server.post("workflows/analyze", Map.of("request", "x"));
    JsonNode times = server.get("executions/times?days=1").body();
    assertThat(times.at("/plans/count").asInt()).isEqualTo(1);
    assertThat(times.at("/plans/p50").asDouble()).isEqualTo(times.at("/plans/longest").asDouble());
    JsonNode agent = times.at("/agents/0");
    assertThat(agent.path("name").asString()).isEqualTo("test-engineer");
    assertThat(agent.path("count").asInt()).isEqualTo(20);
    assertThat(agent.path("p50").asDouble()).isEqualTo(10);
    assertThat(agent.path("p95").asDouble()).isEqualTo(19);
    assertThat(agent.path("p99").asDouble()).isEqualTo(20);
    assertThat(times.path("agents")).hasSize(1);
    assertThat(times.path("stages")).hasSize(1);
    assertThat(times.at("/stages/0/p95").asDouble()).isEqualTo(38);
    assertThat(times.at("/stages/0/longest").asDouble()).isEqualTo(40);
  }
}
