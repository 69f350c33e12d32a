package dev.millrace.apps.crew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.crew.CrewServer.Answer;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Gates that are looked at while a stage is at work. */
class ProcessGatesTest {
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

  private static void await(String what, Callable<Boolean> holds) throws Exception {
    Signal.awaitUntil(
        what,
        () -> {
          try {
            return holds.call();
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
  }

  private String run(String body) throws Exception {
    Answer answer = server.post("workflows", body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    return answer.body().path("id").asString();
  }

  private JsonNode view(String id) throws Exception {
    return server.get("workflows/" + id).body();
  }

  private JsonNode await(String id, String pointer, String value) throws Exception {
    AtomicReference<JsonNode> last = new AtomicReference<>();
    await(
        pointer + " is " + value,
        () -> {
          last.set(view(id));
          return last.get().at(pointer).asString("").equals(value);
        });
    return last.get();
  }

  private void answer(String run, String agent, String answer) throws Exception {
    AtomicReference<String> task = new AtomicReference<>();
    await(
        agent + " is asked",
        () -> {
          for (JsonNode item : server.get("work?workflow=" + run).body().path("items")) {
            if (item.at("/work/agent").asString().equals(agent)) {
              task.set(item.path("taskId").asString());
            }
          }
          return task.get() != null;
        });
    assertThat(server.post("work/" + task.get() + "/answer", answer).status()).isEqualTo(202);
  }

  private void template(String process) throws Exception {
    Answer made =
        server.post(
            "templates",
            """
            {"id": "watched", "name": "Watched", "threshold": 4, "phases": [
              {"name": "Try it", "agents": ["test-engineer", "security-auditor"], "process": %s}]}
            """
                .formatted(process));
    assertThat(made.status()).as(String.valueOf(made.body())).isEqualTo(201);
  }

  private long count(String type) throws Exception {
    return server.get("log?type=" + type).body().path("items").size();
  }

  private static final String START = "{\"request\": \"x\", \"template\": \"watched\"}";

  @Test
  void stopsAStageAfterItsFirstTaskAndIsCounted() throws Exception {
    template("{\"rules\": {\"tests_passed\": \">=80\", \"security\": \">8\"}}");
    JsonNode plan = server.post("workflows/analyze", START).body();
    assertThat(plan.at("/stages/0/process/rules/tests_passed").asString()).isEqualTo(">=80");
    assertThat(plan.at("/stages/0/process/stops").asBoolean()).isTrue();
    String id = run(START);
    assertThat(view(id).at("/stages/0/process/status").asString()).isEqualTo("waiting");
    answer(id, "test-engineer", "{\"metrics\": {\"tests_passed\": 40}}");
    JsonNode failed = await(id, "/state", "failed");
    assertThat(failed.path("failure").asString())
        .contains("stage 'Try it' was stopped while at work", "tests_passed: 40");
    JsonNode process = failed.at("/stages/0/process");
    assertThat(process.path("status").asString()).isEqualTo("failed");
    assertThat(process.at("/metrics/tests_passed").asInt()).isEqualTo(40);
    assertThat(process.at("/failed/0").asString()).startsWith("tests_passed");
    assertThat(failed.at("/stages/0/tasks/1/startedAt").isNull()).isTrue();
    assertThat(count("quality.gate-failed")).isEqualTo(1);
    assertThat(count("quality.gate-warned")).isZero();
    JsonNode results = server.get("gates/results").body();
    assertThat(results.at("/byKind/0/name").asString()).isEqualTo("process");
    assertThat(results.path("passed").asInt()).isZero();
    assertThat(server.get("gates/results?stage=Try%20it").body().path("total").asInt())
        .isEqualTo(1);
    assertThat(server.get("gates/results?stage=other").body().path("total").asInt()).isZero();

    // Its task is over, too, once its end is written down.
    await("its end is written down", () -> view(id).hasNonNull("decision"));
    // What was bad is forgotten where the stage begins anew.
    assertThat(server.post("workflows/" + id + "/rollback", "{\"stage\": \"Try it\"}").status())
        .isEqualTo(202);
    answer(id, "test-engineer", "{\"metrics\": {\"tests_passed\": 90}}");
    assertThat(await(id, "/stages/0/process/status", "holds").path("state").asString())
        .isEqualTo("running");
    answer(id, "security-auditor", "{\"metrics\": {\"security\": 9}}");
    await(id, "/state", "completed");
    assertThat(server.get("gates/results").body().path("passed").asInt()).isEqualTo(1);
  }

  @Test
  void warnsOnMetricsThatAreHandedInAndTellsWhenTheyHoldAgain() throws Exception {
    template("{\"rules\": {\"open_bugs\": \"<5\"}, \"stops\": false}");
    String id = run(START);
    await(id, "/stages/0/state", "running");
    String sync = "workflows/" + id + "/sync/Try%20it";
    assertThat(server.post(sync, "{\"metrics\": {\"open_bugs\": 9}}").status()).isEqualTo(202);
    assertThat(await(id, "/stages/0/process/status", "warned").path("state").asString())
        .isEqualTo("running");
    assertThat(count("quality.gate-warned")).isEqualTo(1);
    assertThat(view(id).at("/qualityMetrics/open_bugs").asDouble()).isEqualTo(9);
    server.post(sync, "{\"metrics\": {\"open_bugs\": 2}}");
    await(id, "/stages/0/process/status", "holds");
    answer(id, "test-engineer", "{}");
    answer(id, "security-auditor", "{}");
    await(id, "/state", "completed");
    assertThat(count("quality.gate-warned")).isEqualTo(1);
    assertThat(server.get("gates/results").body().path("passed").asInt()).isEqualTo(1);
    Answer late = server.post(sync, "{\"metrics\": {\"open_bugs\": 2}}");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body().path("detail").asString())
        .contains("the stage 'Try it' is succeeded and waits for no numbers");
  }

  @Test
  void aRunMayBringItsOwnAndStagesThatAreNotThereAreNamed() throws Exception {
    template("{\"rules\": {\"open_bugs\": \"<5\"}}");
    Answer wrong =
        server.post(
            "workflows",
            """
            {"request": "x", "template": "watched", "processGates": {"No/where":
              {"rules": {"a": ">1"}}}}
            """);
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().at("/errors/0/pointer").asString())
        .isEqualTo("/processGates/No~1where");
    assertThat(wrong.body().at("/errors/0/detail").asString()).contains("it has Try it");
    String id =
        run(
            """
            {"request": "x", "template": "watched", "processGates": {"Try it":
              {"rules": {"open_bugs": "<50"}}}}
            """);
    assertThat(view(id).at("/stages/0/process/rules/open_bugs").asString()).isEqualTo("<50");
    assertThat(
            server
                .post(
                    "templates",
                    "{\"id\": \"t\", \"name\": \"T\", \"threshold\": 4, \"phases\": "
                        + "[{\"name\": \"a\", \"agents\": [\"test-engineer\"], \"process\": "
                        + "{\"rules\": {\"a\": \">\"}}}]}")
                .status())
        .isEqualTo(422);
  }
}
