package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A database that may not grow any more, as a client and an operator of the server meet it. */
class FullDiskOverHttpTest {
  private static final String TASKS = "/api/v1/tasks";
  private static final int RUNNING = 20;
  private static final int MOST_SUBMISSIONS = 200;

  @TempDir Path data;

  @Test
  void refusesNewWorkSaysSoInHealthAndGoesOnWhenThereIsRoom() throws Exception {
    try (var server = ServerProcess.start(data, "--samples", "--set", "store.max-size=3 MB")) {
      for (int i = 0; i < RUNNING; i++) {
        server.send(TASKS, "{\"type\": \"sample.steps\", \"input\": {\"steps\": 80, \"ms\": 50}}");
      }
      HttpResponse<String> refused = fill(server);
      assertThat(refused.statusCode()).isEqualTo(507);
      assertThat(refused.body()).contains("free disk space");
      Signal.awaitUntil(
          "outcomes wait for room", () -> !"ok".equals(tasksPart(server, "state").asString()));
      assertThat(tasksPart(server, "state").asString()).isEqualTo("degraded");
      assertThat(tasksPart(server, "detail").asString()).contains("free disk space");
      JsonNode finding = tasksPart(server, "findings").path(0);
      assertThat(finding.path("code").asString()).isEqualTo("tasks-outcomes-wait");
      assertThat(finding.path("facts").path("reason").asString()).isEqualTo("disk-full");
      server.kill();
    }
    try (var server = ServerProcess.start(data, "--samples")) {
      Signal.awaitUntil(
          "all that was accepted is done",
          () -> count(server, "sample.steps", "succeeded") == RUNNING);
      assertThat(tasksPart(server, "state").asString()).isEqualTo("ok");
    }
  }

  /** Submits large tasks for later until one is refused. */
  private static HttpResponse<String> fill(ServerProcess server) throws Exception {
    String body =
        "{\"type\": \"sample.noop\", \"delay\": \"PT1H\", \"input\": {}, \"tags\": [\"%s\"]}"
            .formatted("x".repeat(60));
    String bulk = "{\"tasks\": [" + (body + ",").repeat(499) + body + "]}";
    for (int i = 0; i < MOST_SUBMISSIONS; i++) {
      HttpResponse<String> response = server.post(TASKS + "/bulk", bulk);
      if (response.statusCode() != 202) {
        return response;
      }
    }
    throw new AssertionError("the limit of the database holds nothing back");
  }

  private static JsonNode tasksPart(ServerProcess server, String field) {
    try {
      JsonNode parts = ServerProcess.parse(server.get("/health").body()).path("parts");
      return StreamSupport.stream(parts.spliterator(), false)
          .filter(part -> part.path("name").asString().equals("tasks"))
          .findFirst()
          .orElseThrow()
          .path(field);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static int count(ServerProcess server, String type, String state) {
    try {
      return server
          .json(TASKS + "?type=" + type + "&state=" + state + "&limit=100")
          .path("items")
          .size();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
