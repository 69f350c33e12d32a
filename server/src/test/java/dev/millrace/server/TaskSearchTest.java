package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the console asks a server: facets, text, actions on many tasks, pushed pages, settings. */
class TaskSearchTest {
  private static final String TASKS = "/api/v1/tasks";

  @TempDir static Path data;

  private static ServerProcess server;

  /** One server for all: each test has a queue or a tag of its own. */
  @BeforeAll
  static void start() throws Exception {
    Files.writeString(data.resolve("millrace.yaml"), "tasks:\n  concurrency: 7\n");
    server = ServerProcess.start(data, "--samples", "--set", "log.level=warn");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static void submit(ServerProcess server, int times, String task) throws Exception {
    String tasks = IntStream.range(0, times).mapToObj(_ -> task).collect(Collectors.joining(","));
    server.send(TASKS + "/bulk", "{\"tasks\":[" + tasks + "]}");
  }

  private static void await(String what, Callable<Boolean> holds) throws Exception {
    Signal.awaitUntil(
        what,
        () -> {
          try {
            return holds.call();
          } catch (Exception failure) {
            throw new AssertionError(failure);
          }
        });
  }

  private static JsonNode awaitEnd(ServerProcess server, String id) throws Exception {
    JsonNode[] last = new JsonNode[1];
    await(
        "task " + id + " is over",
        () -> {
          last[0] = server.json(TASKS + "/" + id);
          return !last[0].path("finishedAt").isNull();
        });
    return last[0];
  }

  private static long count(JsonNode facet, String value) {
    return facet
        .valueStream()
        .filter(item -> item.path("value").asString().equals(value))
        .mapToLong(item -> item.path("count").asLong())
        .sum();
  }

  private static JsonNode text(ServerProcess server, String text) throws Exception {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    return server.json(TASKS + "?text=" + encoded).path("items");
  }

  @Test
  void countsByEachPartOfAFilterAndFindsByText() throws Exception {
    submit(
        server,
        3,
        "{\"type\":\"sample.noop\",\"delay\":\"PT1H\",\"tags\":[\"早报\"],\"queue\":\"news\"}");
    submit(
        server,
        2,
        "{\"type\":\"sample.sleep\",\"input\":{\"ms\":1},\"delay\":\"PT1H\",\"queue\":\"news\"}");
    JsonNode all = server.json(TASKS + "/facets?queue=news");
    assertThat(count(all.path("states"), "scheduled")).isEqualTo(5);
    assertThat(count(all.path("types"), "sample.noop")).isEqualTo(3);
    assertThat(count(all.path("types"), "sample.steps")).as("registered, none yet").isZero();
    assertThat(count(all.path("tags"), "早报")).isEqualTo(3);
    JsonNode sleeping = server.json(TASKS + "/facets?queue=news&type=sample.sleep&state=scheduled");
    assertThat(count(sleeping.path("states"), "scheduled")).isEqualTo(2);
    assertThat(count(sleeping.path("types"), "sample.noop")).isEqualTo(3);
    assertThat(count(sleeping.path("tags"), "早报")).isZero();
    assertThat(server.get(TASKS + "/facets?state=gone").statusCode()).isEqualTo(400);

    assertThat(text(server, "早")).hasSize(3);
    assertThat(text(server, "SLEEP")).hasSize(2);
    String id = text(server, "sleep").get(0).path("id").asString();
    assertThat(text(server, id.substring(28))).hasSize(1);
  }

  @Test
  void cancelsAllThatMatchAndShowsItAsATask() throws Exception {
    submit(server, 700, "{\"type\":\"sample.noop\",\"delay\":\"PT1H\",\"tags\":[\"out\"]}");
    submit(server, 5, "{\"type\":\"sample.noop\",\"delay\":\"PT1H\",\"tags\":[\"in\"]}");
    JsonNode accepted =
        server.send(TASKS + "/actions", "{\"action\":\"cancel\",\"filter\":{\"tag\":\"out\"}}");
    JsonNode action = awaitEnd(server, accepted.path("id").asString());
    assertThat(action.path("type").asString()).isEqualTo("millrace.tasks.bulk");
    assertThat(action.path("state").asString()).isEqualTo("succeeded");
    assertThat(action.at("/result/changed").asLong()).isEqualTo(700);
    assertThat(action.at("/progress/done").asLong()).isEqualTo(700);
    assertThat(count(server.json(TASKS + "/facets?tag=out").path("states"), "cancelled"))
        .isEqualTo(700);
    assertThat(count(server.json(TASKS + "/facets?tag=in").path("states"), "scheduled"))
        .isEqualTo(5);
  }

  @Test
  void changesPickedTasksAndSkipsThoseThatDoNotFit() throws Exception {
    submit(server, 2, "{\"type\":\"sample.noop\",\"delay\":\"PT1H\",\"queue\":\"picked\"}");
    String ids =
        server
            .json(TASKS + "?state=scheduled&queue=picked")
            .path("items")
            .valueStream()
            .map(task -> '"' + task.path("id").asString() + '"')
            .collect(Collectors.joining(","));
    String body = "{\"action\":\"retry\",\"ids\":[" + ids + "]}";
    JsonNode first = awaitEnd(server, server.send(TASKS + "/actions", body).path("id").asString());
    assertThat(first.at("/result/changed").asLong()).isEqualTo(2);
    await(
        "they ran",
        () -> server.json(TASKS + "?state=succeeded&queue=picked").path("items").size() == 2);
    JsonNode again = awaitEnd(server, server.send(TASKS + "/actions", body).path("id").asString());
    assertThat(again.at("/result/changed").asLong()).isZero();
    assertThat(again.at("/result/skipped").asLong()).isEqualTo(2);
  }

  @Test
  void goesOnWithAnActionAfterAKill(@TempDir Path folder) throws Exception {
    String id;
    try (ServerProcess server = ServerProcess.start(folder, "--samples")) {
      for (int i = 0; i < 3; i++) {
        submit(server, 3000, "{\"type\":\"sample.noop\",\"delay\":\"PT1H\"}");
      }
      id =
          server
              .send(TASKS + "/actions", "{\"action\":\"cancel\",\"filter\":{}}")
              .path("id")
              .asString();
      await("a part is done", () -> server.json(TASKS + "/" + id).path("steps").size() > 0);
      assertThat(server.json(TASKS + "/" + id).path("state").asString()).isEqualTo("running");
      server.kill();
    }
    try (ServerProcess server = ServerProcess.start(folder, "--samples")) {
      JsonNode action = awaitEnd(server, id);
      assertThat(action.path("state").asString()).isEqualTo("succeeded");
      long changed = action.at("/result/changed").asLong();
      long skipped = action.at("/result/skipped").asLong();
      // What the interrupted part had changed, and had not said, shows as cancelled already.
      assertThat(changed).isGreaterThan(7_000).isLessThanOrEqualTo(9_000);
      assertThat(skipped).isZero();
      assertThat(count(server.json(TASKS + "/facets").path("states"), "cancelled"))
          .isEqualTo(9_000);
    }
  }

  @Test
  void refusesAnActionThatDoesNotSayOnWhat() throws Exception {
    HttpResponse<String> neither = server.post(TASKS + "/actions", "{\"action\":\"cancel\"}");
    assertThat(neither.statusCode()).isEqualTo(422);
    assertThat(neither.body()).contains("task-option-invalid", "either ids or filter");
    assertThat(server.post(TASKS + "/actions", "{\"action\":\"burn\",\"filter\":{}}").body())
        .contains("/action", "cancel, retry, redrive");
    assertThat(
            server.post(TASKS + "/actions", "{\"action\":\"cancel\",\"ids\":[\"x\"]}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void pushesTopicsWhenTheyChangeAndOnlyThen() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                server.url(
                    "/api/v1/live?topic=queues&topic=store&topic=statements"
                        + "&topic=slow&topic=followers"))
            .timeout(Duration.ofSeconds(30))
            .build();
    var lines = server.client().send(request, HttpResponse.BodyHandlers.ofLines()).body();
    var seen = lines.iterator();
    List<String> first = until(seen, "event: followers");
    assertThat(first).contains("event: past", "event: queues", "event: store");
    List<String> quiet = until(seen, "event: overview");
    assertThat(quiet).as("nothing changed").doesNotContain("event: queues");
    submit(server, 1, "{\"type\":\"sample.noop\",\"delay\":\"PT1H\",\"queue\":\"mail\"}");
    until(seen, "event: queues");
    assertThat(seen.next()).startsWith("data: ").contains("\"mail\"", "\"scheduled\":1");
  }

  private static List<String> until(Iterator<String> lines, String wanted) {
    List<String> seen = new ArrayList<>();
    while (lines.hasNext()) {
      seen.add(lines.next());
      if (seen.getLast().equals(wanted)) {
        return seen;
      }
    }
    throw new AssertionError("the stream ended without " + wanted);
  }

  @Test
  void showsSettingsWithTheirSourceAndKeepsSecrets() throws Exception {
    JsonNode items = server.json("/api/v1/config").path("items");
    JsonNode concurrency = setting(items, "tasks.concurrency");
    assertThat(concurrency.path("value").asString()).isEqualTo("7");
    assertThat(concurrency.path("source").asString()).isEqualTo("millrace.yaml");
    assertThat(concurrency.path("defaultValue").asString()).isEqualTo("64");
    assertThat(concurrency.path("variable").asString()).isEqualTo("MILLRACE_TASKS_CONCURRENCY");
    assertThat(setting(items, "log.level").path("source").asString()).isEqualTo("--set");
    assertThat(setting(items, "store.sync").path("source").asString()).isEqualTo("default");
  }

  private static JsonNode setting(JsonNode items, String key) {
    return items
        .valueStream()
        .filter(item -> item.path("key").asString().equals(key))
        .findFirst()
        .orElseThrow();
  }
}
