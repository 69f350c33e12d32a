package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Workflows as a client of the server uses them, over a killed process. */
class WorkflowsOverHttpTest {
  private static final String DEFINITIONS = "/api/v1/workflow-definitions";
  private static final String RUNS = "/api/v1/workflows";

  @TempDir Path data;

  private static JsonNode awaitStatus(ServerProcess server, String id, String status)
      throws InterruptedException {
    JsonNode[] last = new JsonNode[1];
    Signal.awaitUntil(
        "run is " + status,
        () -> {
          try {
            last[0] = server.json(RUNS + "/" + id);
          } catch (Exception failure) {
            throw new AssertionError(failure);
          }
          JsonNode at = status.equals("checking") ? last[0].path("stages").path(0) : last[0];
          return at.path("status").asString().equals(status);
        });
    return last[0];
  }

  @Test
  void runWaitsForAPersonOverAKilledProcess() throws Exception {
    String id;
    try (var server = ServerProcess.start(data, "--samples")) {
      assertThat(
              server
                  .post(
                      DEFINITIONS,
                      """
                      {"name": "demo", "stages": [
                        {"name": "a", "tasks": [{"name": "x", "type": "sample.noop", "input": {}}],
                         "sync": {"type": "approval"}},
                        {"name": "b", "after": ["zzz"], "title": " ", "tasks": [{"name": "x", "type": "sample.nop"}]}]}
                      """)
                  .body())
          .contains(
              "workflow-invalid", "/stages/1/after/0", "/stages/1/tasks/0/name", "/stages/1/title");
      JsonNode defined =
          server.send(
              DEFINITIONS,
              """
              {"name": "demo", "stages": [
                {"name": "a", "title": "需求分析",
                 "tasks": [{"name": "x", "type": "sample.noop", "input": {}}],
                 "sync": {"type": "approval"}},
                {"name": "b", "after": ["a"],
                 "tasks": [{"name": "y", "type": "sample.noop", "input": {}}]}]}
              """);
      assertThat(defined.path("version").asInt()).isEqualTo(1);
      id = server.send(RUNS, "{\"name\": \"demo\"}").path("id").asString();
      awaitStatus(server, id, "checking");
      server.kill();
    }
    try (var server = ServerProcess.start(data, "--samples")) {
      JsonNode run = server.json(RUNS + "/" + id);
      assertThat(run.path("status").asString()).isEqualTo("running");
      assertThat(run.path("stages").path(0).path("title").asString()).isEqualTo("需求分析");
      assertThat(run.path("stages").path(1).path("title").asString()).isEqualTo("b");
      JsonNode asked = server.json("/api/v1/approvals").path("items").path(0);
      assertThat(asked.path("stage").asString()).isEqualTo("a");
      assertThat(asked.path("title").asString()).isEqualTo("需求分析");
      assertThat(server.post(RUNS + "/" + id + "/sync/b", "{\"approved\": true}").statusCode())
          .isEqualTo(409);
      assertThat(server.post(RUNS + "/" + id + "/sync/a", "{}").statusCode()).isEqualTo(422);
      assertThat(
              server
                  .post(RUNS + "/" + id + "/sync/a", "{\"approved\": true, \"by\": \"Ada\"}")
                  .statusCode())
          .isEqualTo(202);
      JsonNode done = awaitStatus(server, id, "succeeded");
      assertThat(done.path("stages").path(0).path("sync").path("by").asString()).isEqualTo("Ada");
      assertThat(server.json(RUNS + "?name=demo").path("items")).hasSize(1);
      assertThat(server.json("/api/v1/tasks/" + id).path("type").asString())
          .isEqualTo("millrace.workflow");
    }
  }
}
