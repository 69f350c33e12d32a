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

  private static final String SECOND =
      Base64.getEncoder().encodeToString("another key of thirty-two bytes.".getBytes());

  private static String[] keys(String keys) {
    return new String[] {
      "--set", "tasks.encryption.types=sample.*", "--set", "tasks.encryption.keys=" + keys
    };
  }

  /** Whether anything in the database is under that key; nobody else may have it open. */
  private static long under(Path data, String key) throws Exception {
    long found = 0;
    try (var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + data.resolve("millrace.db"));
        var tables = connection.createStatement();
        var rows = connection.createStatement()) {
      var names =
          tables.executeQuery(
              "SELECT name FROM sqlite_master WHERE name LIKE 'tasks%'" + " AND type = 'table'");
      while (names.next()) {
        var count =
            rows.executeQuery(
                "SELECT count(*) FROM "
                    + names.getString(1)
                    + " WHERE input LIKE '%enc1:"
                    + key
                    + ":%'");
        found += count.getLong(1);
      }
    }
    return found;
  }

  @Test
  void anOldKeyIsTakenAwayAfterARewriteThatWasKilled() throws Exception {
    int many = 6_000;
    try (ServerProcess server = start(keys("k1=" + KEY))) {
      String tasks = "{\"type\":\"sample.noop\",\"delay\":\"PT9H\"},".repeat(many - 1);
      server.send(
          "/api/v1/tasks/bulk",
          "{\"tasks\":[" + tasks + "{\"type\":\"sample.noop\",\"delay\":\"PT9H\"}]}");
      assertThat(server.stop()).isZero();
    }
    assertThat(under(data, "k1")).isEqualTo(many);
    String both = "k1=" + KEY + ",k2=" + SECOND;
    String id;
    try (ServerProcess server = start(keys(both))) {
      id = server.send("/api/v1/encryption/rewrite", "").path("id").asString();
      assertThat(server.send("/api/v1/encryption/rewrite", "").path("id").asString())
          .as("one at a time")
          .isEqualTo(id);
      Signal.awaitUntil("some are rewritten", () -> !steps(server, id).isEmpty());
      server.kill();
    }
    try (ServerProcess server = start(keys(both))) {
      Signal.awaitUntil("over", () -> state(server, id).equals("succeeded"));
      JsonNode result = server.json("/api/v1/tasks/" + id).path("result");
      assertThat(result.path("key").asString()).isEqualTo("k2");
      assertThat(result.path("clean").asBoolean()).isTrue();
      var again = ServerProcess.run("tasks", "reencrypt", "--data", data.toString());
      assertThat(again.status()).isZero();
      assertThat(again.output()).contains("0 values", "'k2'", "can be taken away");
      assertThat(server.stop()).isZero();
    }
    assertThat(under(data, "k1")).isZero();
    try (ServerProcess server = start(keys("k2=" + SECOND))) {
      JsonNode task = server.json("/api/v1/tasks?state=scheduled&limit=1").at("/items/0");
      JsonNode whole = server.json("/api/v1/tasks/" + task.path("id").asString());
      assertThat(whole.path("input").isObject()).isTrue();
      assertThat(server.json("/api/v1/encryption").toString()).contains("k2").doesNotContain("k1");
    }
    try (ServerProcess server = start()) {
      assertThat(server.post("/api/v1/encryption/rewrite", "").body()).contains("encryption-off");
    }
  }

  private static JsonNode steps(ServerProcess server, String id) {
    try {
      return server.json("/api/v1/tasks/" + id).path("steps");
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
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
