package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is secret, on every way out of a server. */
class SecretsJourneyTest {
  private static final String PASSWORD = "hunter2-marker";
  private static final String NAME = "signal-marker";
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path data;

  private ServerProcess start(String... more) throws Exception {
    return ServerProcess.start(
        data,
        Stream.concat(Stream.of("--samples", "--set", "log.level=debug"), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void hiddenFieldsAreNowhereToBeSeen() throws Exception {
    try (ServerProcess server = start("--set", "tasks.retention-by-type=sample.*=2d")) {
      String id =
          server
              .send(
                  "/api/v1/tasks",
                  "{\"type\":\"sample.signal\",\"input\":{\"name\":\"go\"},\"tags\":[\"t\"]}")
              .path("id")
              .asString();
      server.send(
          "/api/v1/tasks/" + id + "/signals/go",
          "{\"user\":\"ada\",\"deep\":[{\"api_key\":\"" + PASSWORD + "\"}]}");
      Signal.awaitUntil("over", () -> state(server, id).equals("succeeded"));

      JsonNode task = server.json("/api/v1/tasks/" + id);
      assertThat(task.at("/result/payload/deep/0/api_key").asString()).isEqualTo("•••");
      assertThat(task.at("/result/payload/user").asString()).isEqualTo("ada");
      assertThat(task.at("/steps/0/result/payload/deep/0/api_key").asString()).isEqualTo("•••");
      assertThat(task.path("keptUntil").asString()).isNotEmpty();
      assertThat(task.path("encrypted").asBoolean()).isFalse();
      String show = ServerProcess.run("tasks", "show", id, "--data", data.toString()).output();
      assertThat(show).contains("ada").contains("•••");
      for (String shown :
          new String[] {
            task.toString(),
            show,
            server.get("/api/v1/tasks?tag=t").body(),
            server.get("/api/v1/tasks/" + id + "/stream").body(),
            server.get("/api/v1/tasks/" + id + "/log").body(),
            server.output()
          }) {
        assertThat(shown).doesNotContain("marker");
      }

      var schedule =
          server.post(
              "/api/v1/schedules",
              "{\"name\":\"s\",\"type\":\"sample.signal\",\"every\":\"PT1H\",\"input\":"
                  + "{\"name\":\"go\",\"password\":\""
                  + PASSWORD
                  + "\"}}");
      assertThat(schedule.statusCode()).isBetween(400, 499);
      assertThat(schedule.body()).doesNotContain("marker");
    }
  }

  @Test
  void encryptedTasksAreReadableOverHttpAndNowhereElse() throws Exception {
    String[] options = {
      "--set", "tasks.encryption.types=sample.*", "--set", "tasks.encryption.keys=k1=" + KEY
    };
    String id;
    try (ServerProcess server = start(options)) {
      id =
          server
              .send(
                  "/api/v1/tasks",
                  "{\"type\":\"sample.signal\",\"input\":{\"name\":\"" + NAME + "\"}}")
              .path("id")
              .asString();
      server.send("/api/v1/tasks/" + id + "/signals/" + NAME, "{\"said\":\"body-marker\"}");
      Signal.awaitUntil("over", () -> state(server, id).equals("succeeded"));
      JsonNode task = server.json("/api/v1/tasks/" + id);
      assertThat(task.at("/input/name").asString()).isEqualTo(NAME);
      assertThat(task.at("/result/payload/said").asString()).isEqualTo("body-marker");
      assertThat(task.path("encrypted").asBoolean()).isTrue();
      assertThat(bytes("body-marker")).isFalse();
      assertThat(server.get("/api/v1/config").body()).contains("(hidden)").doesNotContain(KEY);
      assertThat(server.output()).doesNotContain(KEY);
    }
    assertThat(bytes("body-marker")).isFalse();
    assertThat(bytes(KEY)).isFalse();

    try (ServerProcess server = start()) {
      JsonNode task = server.json("/api/v1/tasks/" + id);
      assertThat(task.path("input").asString()).contains("'k1'").contains("tasks.encryption.keys");
    }
  }

  @Test
  void aKeyThatIsNoneIsRefusedWithoutBeingTold() throws Exception {
    var refused =
        ServerProcess.run(
            "up",
            "--port",
            "0",
            "--data",
            data.toString(),
            "--set",
            "tasks.encryption.keys=k1=c2hvcnQtbWFya2Vy");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.output()).contains("k1").contains("12 bytes").contains("openssl");
    assertThat(refused.output()).doesNotContain("c2hvcnQtbWFya2Vy");
  }

  private boolean bytes(String marker) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (text.contains(marker)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String state(ServerProcess server, String id) {
    try {
      return server.json("/api/v1/tasks/" + id).path("state").asString("");
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
