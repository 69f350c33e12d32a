package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tasks that belong together, over HTTP: signals, links, children, batches, sync points. */
class TogetherTest {
  private static final String TASKS = "/api/v1/tasks";
  private static final String BATCHES = "/api/v1/batches";

  @TempDir static Path data;

  private static ServerProcess server;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start(data, "--samples", "--set", "log.level=warn");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
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

  private static void awaitState(String id, String state) throws Exception {
    await(
        id + " is " + state,
        () -> server.json(TASKS + "/" + id).path("state").asString().equals(state));
  }

  private static String submit(String task) throws Exception {
    return server.send(TASKS, task).path("id").asString();
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").valueStream().map(item -> item.path("id").asString()).toList();
  }

  /** The data of the first event of that name. */
  private static JsonNode event(String path, String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.url(path)).timeout(Duration.ofSeconds(20)).build();
    try (var lines = server.client().send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      Iterator<String> each = lines.iterator();
      while (each.hasNext()) {
        if (each.next().equals("event: " + name)) {
          String data = each.next();
          return ServerProcess.parse(data.substring("data: ".length()));
        }
      }
    }
    throw new AssertionError("no event " + name);
  }

  @Test
  void signalWakesTheTaskThatAwaitsItWithItsPayload() throws Exception {
    String id = submit("{\"type\":\"sample.signal\",\"input\":{\"name\":\"go\"}}");
    awaitState(id, "waiting");
    assertThat(server.json(TASKS + "/" + id).path("waitsFor").asString()).isEqualTo("signal go");
    JsonNode told = server.send(TASKS + "/" + id + "/signals/go", "{\"order\":7}");
    assertThat(told.path("position").asString()).isNotBlank();
    awaitState(id, "succeeded");
    assertThat(server.json(TASKS + "/" + id).at("/result/payload/order").asInt()).isEqualTo(7);

    assertThat(server.post(TASKS + "/" + id + "/signals/go", "").body()).contains("task-state");
    assertThat(server.post(TASKS + "/" + id + "/signals/millrace.x", "").body())
        .contains("task-option-invalid", "steer a workflow by its endpoints");
    assertThat(server.post(TASKS + "/nonsense/signals/go", "").statusCode()).isEqualTo(400);
  }

  @Test
  void signalWithoutABodyIsHeardToo() throws Exception {
    String id = submit("{\"type\":\"sample.signal\",\"input\":{\"name\":\"bare\"}}");
    assertThat(server.send(TASKS + "/" + id + "/signals/bare", "").path("id").asString())
        .isEqualTo(id);
    awaitState(id, "succeeded");
  }

  @Test
  void chainShowsWhatWaitsForWhat() throws Exception {
    String first = submit("{\"type\":\"sample.signal\",\"input\":{\"name\":\"first\"}}");
    String second =
        submit(
            "{\"type\":\"sample.noop\",\"after\":[\""
                + first
                + "\"],\"tenant\":\"acme\",\"key\":\"k1\"}");
    JsonNode waiting = server.json(TASKS + "/" + second);
    assertThat(waiting.path("state").asString()).isEqualTo("waiting");
    assertThat(waiting.path("waitsFor").asString()).isEqualTo("tasks");
    assertThat(waiting.path("tenant").asString()).isEqualTo("acme");
    assertThat(waiting.path("key").asString()).isEqualTo("k1");
    assertThat(waiting.at("/before/0").asString()).isEqualTo(first);
    assertThat(server.json(TASKS + "/" + first).at("/after/0").asString()).isEqualTo(second);
    assertThat(ids(server.json(TASKS + "?tenant=acme&key=k1"))).containsExactly(second);
    assertThat(ids(server.json(TASKS + "?tenant=other&key=k1"))).isEmpty();
    server.send(TASKS + "/" + first + "/signals/first", "true");
    awaitState(second, "succeeded");
    assertThat(server.json(TASKS + "/" + second).path("before")).isEmpty();
  }

  @Test
  void childrenNameTheirParentAndAreItsBatch() throws Exception {
    String id = submit("{\"type\":\"sample.children\",\"input\":{\"children\":3,\"ms\":0}}");
    awaitState(id, "succeeded");
    JsonNode batch = server.json(TASKS + "/" + id).at("/children/0");
    assertThat(batch.path("total").asInt()).isEqualTo(3);
    assertThat(batch.path("owner").asString()).isEqualTo(id);
    List<String> children = ids(server.json(TASKS + "?batch=" + batch.path("id").asString()));
    assertThat(children).hasSize(3);
    JsonNode parent = server.json(TASKS + "/" + children.getFirst()).path("parent");
    assertThat(parent.path("id").asString()).isEqualTo(id);
    assertThat(parent.path("type").asString()).isEqualTo("sample.children");
    assertThat(parent.path("workflow").asBoolean()).isFalse();
    assertThat(ids(server.json(BATCHES + "?owner=" + id)))
        .containsExactly(batch.path("id").asString());
  }

  @Test
  void batchIsFilledClosedAndCallsBack() throws Exception {
    JsonNode open =
        server.send(
            BATCHES,
            """
            {"name":"photos","open":true,
             "onSuccess":{"type":"sample.noop","tags":["called"]},
             "onFailure":{"type":"sample.noop"}}
            """);
    String id = open.path("id").asString();
    String batch = BATCHES + "/" + id;
    assertThat(open.path("closed").asBoolean()).isFalse();
    JsonNode added =
        server.send(
            batch + "/add", "{\"tasks\":[{\"type\":\"sample.noop\"},{\"type\":\"sample.noop\"}]}");
    assertThat(added.path("ids")).hasSize(2);
    assertThat(server.json(batch).path("onSuccess").asString()).isEqualTo("sample.noop");
    await("two are over", () -> server.json(batch).path("open").asLong() == 0);
    assertThat(server.json(batch).path("finishedAt").isNull()).isTrue();
    assertThat(server.send(batch + "/close", "").path("closed").asBoolean()).isTrue();
    assertThat(event(batch + "/stream", "end").path("succeeded").asLong()).isEqualTo(2);
    assertThat(server.json(batch).path("onSuccess").isNull()).isTrue();
    assertThat(server.json(batch).path("onFailure").asString()).isEqualTo("sample.noop");
    await("it called back", () -> ids(server.json(TASKS + "?key=" + id)).size() == 1);

    assertThat(server.json(batch + "/tasks").path("items")).hasSize(2);
    assertThat(server.json(batch + "/tasks?state=dead").path("items")).isEmpty();
    assertThat(ids(server.json(BATCHES))).contains(id);
    HttpResponse<String> late =
        server.post(batch + "/add", "{\"tasks\":[{\"type\":\"sample.noop\"}]}");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("batch-state", "closed");
  }

  @Test
  void cancelledBatchCancelsItsTasks() throws Exception {
    String id =
        server
            .send(
                BATCHES,
                """
                {"name":"late","tasks":[{"type":"sample.noop","delay":"PT1H"},
                                        {"type":"sample.noop","delay":"PT1H"}]}
                """)
            .path("id")
            .asString();
    assertThat(server.send(BATCHES + "/" + id + "/cancel", "").path("cancelling").asBoolean())
        .isTrue();
    await("both are", () -> server.json(BATCHES + "/" + id).path("cancelled").asLong() == 2);
  }

  @Test
  void wrongBatchesAreRefused() throws Exception {
    assertThat(server.post(BATCHES, "{\"name\":\"none\"}").body())
        .contains("task-option-invalid", "/tasks");
    HttpResponse<String> refused =
        server.post(
            BATCHES,
            "{\"name\":\"bad\",\"tasks\":[{\"type\":\"sample.sleep\",\"input\":{\"ms\":\"soon\"}}]}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains(
            "task-input-invalid",
            "/tasks/0/input/ms",
            "the text 'soon' stands there, and a whole number is expected")
        .doesNotContain("java.", "deserialize", "Millis");
    String unknown = submit("{\"type\":\"sample.noop\"}");
    assertThat(server.get(BATCHES + "/" + unknown).body()).contains("batch-not-found");
    assertThat(server.get(TASKS + "?tag=a&schedule=b").body())
        .contains("task-option-invalid", "either tag or schedule");
  }

  @Test
  void countsOfAFilterArePushed() throws Exception {
    String id = submit("{\"type\":\"sample.noop\",\"tags\":[\"pushed\"]}");
    awaitState(id, "succeeded");
    JsonNode counts = event(TASKS + "/stream?tag=pushed&facets=true", "facets");
    assertThat(
            counts
                .path("states")
                .valueStream()
                .filter(state -> state.path("count").asLong() > 0)
                .map(state -> state.path("value").asString()))
        .containsExactly("succeeded");
  }

  @Test
  void syncPointsThatWaitAreListedAndPushed() throws Exception {
    server.send(
        "/api/v1/workflow-definitions",
        """
        {"name": "asking", "stages": [
          {"name": "a", "tasks": [{"name": "x", "type": "sample.noop"}],
           "sync": {"type": "approval", "escalateTo": "Grace"}},
          {"name": "b", "mode": "sequential", "after": ["a"],
           "tasks": [{"name": "y", "type": "sample.noop"}, {"name": "z", "type": "sample.noop"}],
           "sync": {"type": "criteria", "criteria": {"coverage": ">=80"}}}]}
        """);
    String id = server.send("/api/v1/workflows", "{\"name\": \"asking\"}").path("id").asString();
    String run = "/api/v1/workflows/" + id;
    await("it waits", () -> waitingAt(id).equals("a"));
    JsonNode item = event("/api/v1/live?topic=approvals", "approvals").at("/items/0");
    assertThat(item.at("/sync/escalateTo").asString()).isEqualTo("Grace");
    assertThat(item.at("/sync/until").asString()).isNotBlank();
    JsonNode detail = event(run + "/stream", "run");
    assertThat(detail.at("/stages/1/after/0").asString()).isEqualTo("a");
    assertThat(detail.at("/stages/1/tasks/1/after/0").asString()).isEqualTo("y");
    assertThat(detail.at("/stages/1/sync/criteria/coverage").asString()).isEqualTo(">=80");
    assertThat(detail.at("/stages/1/sync/status").asString()).isEqualTo("waiting");
    assertThat(detail.at("/stages/0/tasks/0/total").asInt()).isEqualTo(1);

    server.send(run + "/sync/a", "{\"approved\": true, \"by\": \"Ada\"}");
    await("it waits for metrics", () -> waitingAt(id).equals("b"));
    server.send(run + "/sync/b", "{\"metrics\": {\"coverage\": 91}}");
    await("it is done", () -> server.json(run).path("status").asString().equals("succeeded"));
    assertThat(waitingAt(id)).isEmpty();
    String child =
        ids(server.json(TASKS + "?batch=" + detail.at("/stages/0/tasks/0/batch").asString()))
            .getFirst();
    assertThat(server.json(TASKS + "/" + child).at("/parent/workflow").asBoolean()).isTrue();
    assertThat(server.get("/api/v1/workflow-definitions/asking?version=9").body())
        .contains("workflow-not-found", "of version 9");
  }

  private static String waitingAt(String run) throws Exception {
    return server
        .json("/api/v1/approvals")
        .path("items")
        .valueStream()
        .filter(item -> item.path("run").asString().equals(run))
        .map(item -> item.path("stage").asString())
        .findFirst()
        .orElse("");
  }

  @Test
  void timesOfARuleAreToldBeforeThereIsASchedule() throws Exception {
    JsonNode times =
        server.send(
            "/api/v1/schedule-times",
            "{\"cron\":\"0 7 * * MON\",\"zone\":\"Asia/Shanghai\",\"count\":3}");
    assertThat(times.path("items")).hasSize(3);
    assertThat(times.at("/items/0").asString()).contains("T23:00:00");
    assertThat(server.post("/api/v1/schedule-times", "{\"cron\":\"61 * * * *\"}").body())
        .contains("/cron", "minute", "61");
  }
}
