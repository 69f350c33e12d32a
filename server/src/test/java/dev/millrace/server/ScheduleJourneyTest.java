package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Schedules as their users meet them. */
class ScheduleJourneyTest {
  private static final String SCHEDULES = "/api/v1/schedules";

  @TempDir Path data;

  private static HttpResponse<String> send(
      ServerProcess server, String method, String path, String body) throws Exception {
    return server
        .client()
        .send(
            HttpRequest.newBuilder(server.url(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void madeChangedPausedRunAndRemovedOverHttp() throws Exception {
    try (ServerProcess server = ServerProcess.start(data, "--samples")) {
      JsonNode made =
          server.send(
              SCHEDULES,
              """
              {"name":"tick","schedule":{"type":"sample.noop","every":"PT1S","overlap":"allow"}}\
              """);
      assertThat(made.path("zone").asString()).isEqualTo("UTC");
      assertThat(made.path("misfire").asString()).isEqualTo("once");
      Signal.awaitUntil(
          "it started twice",
          () -> {
            try {
              return server.json(SCHEDULES + "/tick").path("started").asLong() >= 2;
            } catch (Exception failure) {
              throw new AssertionError(failure);
            }
          });
      assertThat(server.json("/api/v1/tasks?tag=schedule:tick").path("items")).isNotEmpty();
      assertThat(server.json(SCHEDULES + "/tick/next").path("items")).hasSize(10);

      assertThat(server.send(SCHEDULES + "/tick/pause", "").path("paused").asBoolean()).isTrue();
      String run = server.send(SCHEDULES + "/tick/run", "").path("statusUrl").asString();
      assertThat(server.json(run).at("/tags/0").asString()).isEqualTo("schedule:tick");
      assertThat(server.send(SCHEDULES + "/tick/resume", "").path("paused").asBoolean()).isFalse();

      HttpResponse<String> changed =
          send(
              server,
              "PUT",
              SCHEDULES + "/tick",
              """
              {"type":"sample.noop","cron":"0 7 * * MON-FRI","zone":"Europe/Berlin"}\
              """);
      assertThat(changed.statusCode()).isEqualTo(200);
      assertThat(server.json(SCHEDULES + "/tick").path("cron").asString())
          .isEqualTo("0 7 * * MON-FRI");

      HttpResponse<String> refused =
          send(
              server,
              "PUT",
              SCHEDULES + "/tick",
              """
              {"type":"sample.noop","cron":"61 7 * * *"}\
              """);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("task-option-invalid", "/cron", "minute", "61");
      assertThat(send(server, "PUT", SCHEDULES + "/tick", "{\"type\":\"sample.noop\"}").body())
          .contains("exactly one of cron, every and at");
      assertThat(server.post(SCHEDULES + "/none/pause", "").statusCode()).isEqualTo(404);

      assertThat(send(server, "DELETE", SCHEDULES + "/tick", "").statusCode()).isEqualTo(204);
      assertThat(server.get(SCHEDULES + "/tick").statusCode()).isEqualTo(404);
    }
  }
}
