package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Limits and tenants as their users meet them. */
class LimitJourneyTest {
  private static final String LIMITS = "/api/v1/limits";
  private static final String TENANTS = "/api/v1/tenants";

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
  void limitHoldsTasksUpUntilItIsRemoved() throws Exception {
    try (ServerProcess server = ServerProcess.start(data, "--samples")) {
      HttpResponse<String> set =
          send(
              server,
              "PUT",
              LIMITS + "/slow",
              """
              {"type":"sample.noop","rate":{"count":1,"per":"PT1H"}}\
              """);
      assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
      assertThat(set.body()).contains("\"per\":\"PT1H\"", "\"declared\":false");

      String task = "{\"type\":\"sample.noop\",\"input\":{}}";
      server.send("/api/v1/tasks", task);
      String second = server.send("/api/v1/tasks", task).path("statusUrl").asString();
      Signal.awaitUntil("it waits", () -> "limit slow".equals(waitsFor(server, second)));
      JsonNode seen = server.json(LIMITS).at("/items/0");
      assertThat(seen.path("name").asString()).isEqualTo("slow");
      assertThat(seen.path("waiting").asLong()).isEqualTo(1);

      assertThat(send(server, "DELETE", LIMITS + "/slow", "").statusCode()).isEqualTo(204);
      Signal.awaitUntil("it goes on", () -> "succeeded".equals(state(server, second)));
      HttpResponse<String> gone = send(server, "DELETE", LIMITS + "/slow", "");
      assertThat(gone.statusCode()).isEqualTo(404);
      assertThat(gone.body()).contains("limit-not-found");
      assertThat(send(server, "PUT", LIMITS + "/none", "{\"concurrency\":1}").body())
          .contains("Name a queue or a type");
      HttpResponse<String> parts =
          send(server, "PUT", LIMITS + "/parts", "{\"parts\":true,\"concurrency\":1}");
      assertThat(parts.body()).contains("\"parts\":true");
      assertThat(send(server, "DELETE", LIMITS + "/parts", "").statusCode()).isEqualTo(204);
      HttpResponse<String> empty = send(server, "PUT", LIMITS + "/none", "{\"queue\":\"default\"}");
      assertThat(empty.statusCode()).isEqualTo(422);
      assertThat(empty.body()).contains("/concurrency");

      String dear = "{\"type\":\"sample.noop\",\"input\":{},\"cost\":20}";
      send(
          server,
          "PUT",
          LIMITS + "/points",
          "{\"type\":\"sample.noop\",\"rate\":{\"count\":10,\"per\":\"PT1H\"}}");
      HttpResponse<String> refused = send(server, "POST", "/api/v1/tasks", dear);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("/cost", "Limit 'points' has 10 units in PT1H");
      send(server, "DELETE", LIMITS + "/points", "");
      assertThat(server.json("/api/v1/pools").at("/items/0/started").asLong()).isEqualTo(2);
      assertThat(server.json("/api/v1/pools").at("/items/1/workers")).isNotEmpty();

      send(server, "PUT", LIMITS + "/few", "{\"queue\":\"default\",\"concurrency\":3}");
      assertThat(server.json("/api/v1/queues").toString())
          .contains("\"limits\":[{\"name\":\"few\",\"concurrency\":3,\"rate\":null}]");
    }
  }

  @Test
  void aKeyHasNumbersOfItsOwnAndAQueueTakesTheNewestFirst() throws Exception {
    String keys = LIMITS + "/hosts/keys";
    try (ServerProcess server = ServerProcess.start(data, "--samples")) {
      String body = "{\"key\":\"a b/c\",\"concurrency\":8}";
      assertThat(send(server, "PUT", keys, body).body()).contains("limit-not-found");
      send(server, "PUT", LIMITS + "/hosts", "{\"perKey\":true,\"concurrency\":2}");
      assertThat(send(server, "PUT", keys, body).statusCode()).isEqualTo(204);
      assertThat(send(server, "PUT", keys, "{\"key\":\"x\"}").body())
          .contains("task-option-invalid");
      JsonNode key = server.json(keys).at("/items/0");
      assertThat(key.path("key").asString()).isEqualTo("a b/c");
      assertThat(key.path("concurrency").asInt()).isEqualTo(8);
      assertThat(send(server, "DELETE", keys + "?key=a%20b%2Fc", "").statusCode()).isEqualTo(204);
      assertThat(server.json(keys).path("items")).isEmpty();

      server.send("/api/v1/tasks", "{\"type\":\"sample.noop\",\"input\":{}}");
      HttpResponse<String> lifo =
          send(server, "PUT", "/api/v1/queues/default/order", "{\"order\":\"lifo\"}");
      assertThat(lifo.body()).contains("\"order\":\"lifo\"");
      assertThat(send(server, "PUT", "/api/v1/queues/none/order", "{\"order\":\"lifo\"}").body())
          .contains("queue-not-found");
    }
  }

  @Test
  void timeLimitOfATypeIsSetAndTheEndOfATaskIsAwaited() throws Exception {
    String rules = "/api/v1/task-type-rules";
    String rule = rules + "/sample.sleep";
    try (ServerProcess server = ServerProcess.start(data, "--samples")) {
      HttpResponse<String> set =
          send(server, "PUT", rule, "{\"timeLimit\":\"PT0.05S\",\"attempts\":1}");
      assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
      assertThat(set.body()).contains("\"attempts\":1", "\"timeLimit\":\"PT0.05S\"");
      assertThat(server.json(rules).toString()).contains("sample.sleep");
      String task =
          server
              .send("/api/v1/tasks", "{\"type\":\"sample.sleep\",\"input\":{\"ms\":60000}}")
              .path("statusUrl")
              .asString();
      JsonNode over = server.json(task + "?await=PT30S");
      assertThat(over.path("state").asString()).isEqualTo("dead");
      assertThat(over.path("error").asString()).contains("the time limit of PT0.05S was over");

      assertThat(send(server, "PUT", rule, "{\"attempts\":0}").statusCode()).isEqualTo(422);
      HttpResponse<String> unknown =
          send(server, "PUT", rules + "/sample.slep", "{\"attempts\":2}");
      assertThat(unknown.statusCode()).isEqualTo(422);
      assertThat(unknown.body()).contains("Did you mean");
      assertThat(send(server, "DELETE", rule, "").statusCode()).isEqualTo(204);
      assertThat(server.json(rule).path("attempts").asInt()).isGreaterThan(1);

      String waiting =
          server
              .send("/api/v1/tasks", "{\"type\":\"sample.noop\",\"delay\":\"PT1H\"}")
              .path("statusUrl")
              .asString();
      assertThat(server.json(waiting + "?await=PT0.02S").path("state").asString())
          .isEqualTo("scheduled");
      assertThat(server.get(waiting + "?await=PT2H").body()).contains("/await");
    }
  }

  private static String waitsFor(ServerProcess server, String task) {
    try {
      return server.json(task).path("waitsFor").asString("");
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static String state(ServerProcess server, String task) {
    try {
      return server.json(task).path("state").asString();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void tenantIsWeighedAndForgotten() throws Exception {
    try (ServerProcess server = ServerProcess.start(data)) {
      assertThat(send(server, "PUT", TENANTS + "/acme", "{\"weight\":3}").statusCode())
          .isEqualTo(200);
      HttpResponse<String> here =
          send(server, "PUT", TENANTS + "/acme", "{\"weight\":2,\"queue\":\"cpu\"}");
      assertThat(here.body()).contains("\"weight\":3", "\"queueWeights\":{\"cpu\":2}");
      assertThat(server.json(TENANTS).at("/items/0/name").asString()).isEqualTo("acme");
      assertThat(send(server, "PUT", TENANTS + "/acme", "{\"weight\":0}").statusCode())
          .isEqualTo(422);
      assertThat(send(server, "DELETE", TENANTS + "/acme", "").statusCode()).isEqualTo(204);
      assertThat(server.json(TENANTS + "/acme").path("weight").asInt()).isEqualTo(1);
    }
  }

  @Test
  void tenantIsPausedAndItsTasksBounded() throws Exception {
    String acme = TENANTS + "/acme";
    String task = "{\"type\":\"sample.noop\",\"input\":{},\"tenant\":\"acme\"}";
    try (ServerProcess server = ServerProcess.start(data, "--samples")) {
      assertThat(send(server, "POST", acme + "/pause", "").body()).contains("\"paused\":true");
      assertThat(send(server, "PUT", acme + "/bound", "{\"tasks\":1}").body())
          .contains("\"most\":1,\"waiting\":0");
      String waits = server.send("/api/v1/tasks", task).path("statusUrl").asString();
      HttpResponse<String> full = send(server, "POST", "/api/v1/tasks", task);
      assertThat(full.statusCode()).isEqualTo(429);
      assertThat(full.body()).contains("tenant-full", "/tenant");
      assertThat(state(server, waits)).isEqualTo("ready");
      assertThat(send(server, "POST", acme + "/pause", "{\"queue\":\"cpu\"}").body())
          .contains("\"pausedIn\":[\"cpu\"]");
      assertThat(send(server, "POST", acme + "/resume", "").body())
          .contains("\"paused\":false", "\"pausedIn\":[]");
      Signal.awaitUntil("it goes on", () -> "succeeded".equals(state(server, waits)));
      assertThat(send(server, "PUT", acme + "/bound", "{\"tasks\":0}").statusCode()).isEqualTo(422);
      assertThat(send(server, "DELETE", acme + "/bound", "").statusCode()).isEqualTo(204);
      assertThat(server.json(acme).path("most").isNull()).isTrue();
    }
  }
}
