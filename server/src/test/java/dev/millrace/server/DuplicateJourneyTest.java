package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Second submissions with a unique key, and other inputs of tasks that wait, over HTTP. */
class DuplicateJourneyTest {
  private static final String TASKS = "/api/v1/tasks";

  @TempDir Path data;

  private static String submission(int steps, String onDuplicate) {
    return "{\"type\":\"sample.steps\",\"uniqueKey\":\"index\",\"delay\":\"PT1H\",\"input\":{\"steps\":"
        + steps
        + ",\"ms\":1},\"priority\":"
        + steps
        + (onDuplicate.isEmpty() ? "" : ",\"onDuplicate\":" + onDuplicate)
        + "}";
  }

  @Test
  void theOneThatWaitsIsReplacedOrPutOff() throws Exception {
    try (ServerProcess server = ServerProcess.start(data, "--samples")) {
      JsonNode first = server.send(TASKS, submission(1, ""));
      String url = first.path("statusUrl").asString();
      JsonNode kept = server.send(TASKS, submission(2, ""));
      assertThat(kept.path("duplicate").asBoolean()).isTrue();
      assertThat(server.json(url).at("/input/steps").asInt()).isEqualTo(1);

      JsonNode replaced =
          server.send(
              TASKS, submission(3, "{\"action\":\"replace\",\"parts\":[\"input\",\"priority\"]}"));
      assertThat(replaced.path("id")).isEqualTo(first.path("id"));
      assertThat(server.json(url).at("/input/steps").asInt()).isEqualTo(3);
      assertThat(server.json(url).path("priority").asInt()).isEqualTo(3);

      String before = server.json(url).path("runAt").asString();
      String debounce = "{\"action\":\"debounce\",\"atMost\":\"P1D\"}";
      server.send(TASKS + "/bulk", "{\"tasks\":[" + submission(4, debounce) + "]}");
      JsonNode after = server.json(url);
      assertThat(after.at("/input/steps").asInt()).isEqualTo(4);
      assertThat(after.path("runAt").asString()).isGreaterThan(before);

      HttpResponse<String> wrong =
          server.post(TASKS, submission(5, "{\"action\":\"replace\",\"parts\":[]}"));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("task-option-invalid", "/onDuplicate/parts");
      assertThat(server.post(TASKS, submission(5, "{\"action\":\"debonce\"}")).body())
          .contains("/onDuplicate/action");
    }
  }

  @Test
  void anotherInputIsChecked() throws Exception {
    try (ServerProcess server = ServerProcess.start(data, "--samples")) {
      String url = server.send(TASKS, submission(1, "")).path("statusUrl").asString();
      HttpResponse<String> wrong = patch(server, url, "{\"input\":{\"steps\":\"many\"}}");
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("task-input-invalid", "\"/input/steps\"");
      HttpResponse<String> changed = patch(server, url, "{\"input\":{\"steps\":2,\"ms\":1}}");
      assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
      assertThat(server.json(url).at("/input/steps").asInt()).isEqualTo(2);
      patch(server, url, "{\"delay\":\"PT0S\"}");
      assertThat(server.json(url + "?await=PT30S").path("state").asString()).isEqualTo("succeeded");
      HttpResponse<String> over = patch(server, url, "{\"input\":{\"steps\":2,\"ms\":1}}");
      assertThat(over.statusCode()).isEqualTo(409);
      assertThat(over.body()).contains("task-state");
    }
  }

  private static HttpResponse<String> patch(ServerProcess server, String path, String body)
      throws Exception {
    return server
        .client()
        .send(
            HttpRequest.newBuilder(server.url(path))
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
