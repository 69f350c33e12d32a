package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Groups of errors as their users meet them. */
class ErrorJourneyTest {
  private static final String ERRORS = "/api/v1/errors";
  private static final String TASK = "{\"type\":\"sample.fail\",\"input\":{\"times\":100}}";

  @TempDir Path data;

  @Test
  void failuresOfOneKindAreRetriedAndDiscardedTogether() throws Exception {
    try (ServerProcess server = ServerProcess.start(data, "--samples")) {
      assertThat(server.json(ERRORS).path("items")).isEmpty();
      String first = "";
      for (int i = 0; i < 3; i++) {
        first = server.send("/api/v1/tasks", TASK).path("statusUrl").asString();
      }
      Signal.awaitUntil("three are dead", () -> dead(server) == 3);
      JsonNode group = server.json(ERRORS + "?state=dead&type=sample.fail").at("/items/0");
      assertThat(server.json(ERRORS).path("items")).hasSize(1);
      String fingerprint = group.path("fingerprint").asString();
      assertThat(group.path("failures").asLong()).isGreaterThanOrEqualTo(3);
      JsonNode detail = server.json(ERRORS + "/" + fingerprint);
      assertThat(detail.path("trace").asString()).contains("SampleTasks");
      assertThat(server.json("/api/v1/tasks?tag=error:" + fingerprint).path("items")).hasSize(3);
      assertThat(server.json(first).path("errorGroup").asString()).isEqualTo(fingerprint);

      String retry =
          server.send(ERRORS + "/" + fingerprint + "/retry", "").path("statusUrl").asString();
      Signal.awaitUntil("retried", () -> changed(server, retry) == 3);
      Signal.awaitUntil("dead again", () -> dead(server) == 3);
      String discard =
          server.send(ERRORS + "/" + fingerprint + "/discard", "").path("statusUrl").asString();
      Signal.awaitUntil("discarded", () -> changed(server, discard) == 3);
      assertThat(dead(server)).isZero();
      assertThat(server.json(first).path("state").asString()).isEqualTo("cancelled");
      assertThat(server.json(ERRORS + "?state=dead").path("items")).isEmpty();
      assertThat(server.json(ERRORS + "?state=passed").path("items")).hasSize(1);

      assertThat(server.get(ERRORS + "/0000000000000000").body()).contains("error-not-found");
      assertThat(server.post(first + "/discard", "").body())
          .contains("task-state", "cannot be discarded");
    }
  }

  private static long dead(ServerProcess server) {
    return json(server, ERRORS).at("/items/0/dead").asLong(0);
  }

  private static long changed(ServerProcess server, String task) {
    return json(server, task).at("/result/changed").asLong(0);
  }

  private static JsonNode json(ServerProcess server, String path) {
    try {
      return server.json(path);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
