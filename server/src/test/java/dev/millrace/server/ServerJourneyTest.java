package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The server as its users meet it: a process, a port and a data folder. */
class ServerJourneyTest {
  private static final String TASKS = "/api/v1/tasks";

  @TempDir Path data;

  private ServerProcess start(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--samples"));
    all.addAll(List.of(options));
    return ServerProcess.start(data, all.toArray(String[]::new));
  }

  private static String submit(ServerProcess server, String body) throws Exception {
    return server.send(TASKS, body).path("id").asString();
  }

  private static JsonNode awaitState(ServerProcess server, String id, String state)
      throws Exception {
    JsonNode[] last = new JsonNode[1];
    Signal.awaitUntil(
        "task " + id + " is " + state,
        () -> {
          try {
            last[0] = server.json(TASKS + "/" + id);
            return last[0].at("/state").asString().equals(state);
          } catch (Exception failure) {
            throw new AssertionError(failure);
          }
        });
    return last[0];
  }

  @Test
  void runsATaskAndTellsAllAboutIt() throws Exception {
    try (ServerProcess server = start()) {
      HttpResponse<String> response =
          server.post(
              TASKS,
              """
              {"type":"sample.steps","input":{"steps":2,"ms":5},"tags":["demo"],"priority":1}\
              """);
      assertThat(response.statusCode()).isEqualTo(202);
      JsonNode accepted = ServerProcess.parse(response.body());
      String id = accepted.path("id").asString();
      assertThat(accepted.path("statusUrl").asString()).isEqualTo(TASKS + "/" + id);
      assertThat(accepted.path("position").asString()).matches("[0-9a-f]{16}-[0-9]+");

      JsonNode detail = awaitState(server, id, "succeeded");
      assertThat(detail.at("/result/steps").asInt()).isEqualTo(2);
      assertThat(detail.at("/tags/0").asString()).isEqualTo("demo");
      assertThat(detail.at("/progress/done").asInt()).isEqualTo(2);
      assertThat(detail.path("steps")).hasSize(2);
      assertThat(detail.path("attempts")).hasSize(1);
      JsonNode log = server.json(TASKS + "/" + id + "/log?limit=1");
      assertThat(log.at("/items/0/text").asString()).contains("step 1 of 2");
      JsonNode rest = server.json(TASKS + "/" + id + "/log?cursor=" + log.path("next").asString());
      assertThat(rest.at("/items/0/text").asString()).contains("step 2 of 2");
      assertThat(rest.path("next").isNull()).isTrue();
      JsonNode events = server.json("/api/v1/events?type=tasks.changed&limit=1000");
      assertThat(events.path("items").toString()).contains(id, "succeeded");
      JsonNode later =
          server.json("/api/v1/events?after=" + accepted.path("position").asString() + "&limit=1");
      assertThat(later.path("items")).hasSize(1);
    }
  }

  @Test
  void goesOnWhereItStoppedAfterSigkill() throws Exception {
    String id;
    Set<String> before;
    try (ServerProcess server = start()) {
      id = submit(server, "{\"type\":\"sample.steps\",\"input\":{\"steps\":8,\"ms\":150}}");
      Signal.awaitUntil("three steps are done", () -> stepNames(server, id).size() >= 3);
      before = stepStarts(server, id);
      server.kill();
    }
    try (ServerProcess server = start()) {
      JsonNode detail = awaitState(server, id, "succeeded");
      assertThat(detail.path("steps")).hasSize(8);
      assertThat(stepStarts(server, id))
          .as("steps that were done are the same, not done again")
          .containsAll(before);
      assertThat(detail.at("/crashes").asInt()).isEqualTo(1);
      assertThat(detail.at("/attempts/0/outcome").asString()).isEqualTo("interrupted");
    }
  }

  private static List<String> stepNames(ServerProcess server, String id) {
    try {
      return server
          .json(TASKS + "/" + id)
          .path("steps")
          .valueStream()
          .map(s -> s.path("name").asString())
          .toList();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static Set<String> stepStarts(ServerProcess server, String id) throws Exception {
    return server
        .json(TASKS + "/" + id)
        .path("steps")
        .valueStream()
        .map(s -> s.path("name").asString() + "@" + s.path("startedAt").asString())
        .collect(Collectors.toSet());
  }

  @Test
  void losesNoAcknowledgedTaskWhenKilledUnderLoad() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    try (ServerProcess server = start()) {
      for (int round = 0; round < 20; round++) {
        String body =
            IntStream.range(0, 50)
                .mapToObj(_ -> "{\"type\":\"sample.sleep\",\"input\":{\"ms\":5}}")
                .collect(Collectors.joining(",", "{\"tasks\":[", "]}"));
        server.send(TASKS + "/bulk", body).path("ids").forEach(i -> acknowledged.add(i.asString()));
      }
      server.kill();
    }
    try (ServerProcess server = start()) {
      Signal.awaitUntil("all are done", () -> count(server, "succeeded") == acknowledged.size());
      assertThat(acknowledged).hasSize(1000);
      Set<String> listed = new HashSet<>();
      String next = "";
      do {
        JsonNode page = server.json(TASKS + "?state=succeeded&limit=200" + next);
        page.path("items").forEach(item -> listed.add(item.path("id").asString()));
        next = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asString();
      } while (next != null);
      assertThat(listed).isEqualTo(acknowledged);
    }
  }

  private static long count(ServerProcess server, String state) {
    try {
      return server
          .json("/api/v1/queues")
          .path("items")
          .valueStream()
          .mapToLong(queue -> queue.path("counts").path(state).asLong())
          .sum();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void stopsOnSigtermAndPutsRunningTasksBack() throws Exception {
    String id;
    try (ServerProcess server = start("--set", "server.grace-period=100ms")) {
      id = submit(server, "{\"type\":\"sample.sleep\",\"input\":{\"ms\":1500}}");
      awaitState(server, id, "running");
      assertThat(server.stop()).isZero();
    }
    try (ServerProcess server = start()) {
      JsonNode detail = awaitState(server, id, "succeeded");
      assertThat(detail.at("/attempt").asInt()).as("the stop does not count").isEqualTo(1);
      assertThat(detail.at("/crashes").asInt()).isZero();
    }
  }

  @Test
  void pausesAQueueAndCancelsWhatWaits() throws Exception {
    try (ServerProcess server = start()) {
      awaitState(server, submit(server, "{\"type\":\"sample.noop\"}"), "succeeded");
      assertThat(server.send("/api/v1/queues/default/pause", "").path("paused").asBoolean())
          .isTrue();
      String id = submit(server, "{\"type\":\"sample.noop\"}");
      assertThat(server.json(TASKS + "/" + id).at("/state").asString()).isEqualTo("ready");
      assertThat(server.send(TASKS + "/" + id + "/cancel", "").path("state").asString())
          .isEqualTo("cancelled");
      assertThat(server.post(TASKS + "/" + id + "/cancel", "").statusCode()).isEqualTo(409);
      server.send("/api/v1/queues/default/resume", "");
      server.send(TASKS + "/" + id + "/retry", "");
      awaitState(server, id, "succeeded");
    }
  }

  @Test
  void drivesADeadTaskAgain() throws Exception {
    try (ServerProcess server = start()) {
      String id =
          submit(
              server, "{\"type\":\"sample.fail\",\"input\":{\"times\":1000},\"tags\":[\"bad\"]}");
      JsonNode dead = awaitState(server, id, "dead");
      assertThat(dead.path("attempts")).hasSize(5);
      assertThat(dead.at("/error").asString()).contains("fails, as asked");
      assertThat(server.json(TASKS + "?state=dead&tag=bad").path("items")).hasSize(1);
      assertThat(server.send(TASKS + "/" + id + "/retry", "").path("state").asString())
          .isIn("ready", "running", "retrying");
    }
  }

  @Test
  void streamsATaskAndResumesWhereTheClientLeft() throws Exception {
    try (ServerProcess server = start()) {
      String id = submit(server, "{\"type\":\"sample.steps\",\"input\":{\"steps\":3,\"ms\":50}}");
      List<String> all = stream(server, id, null);
      assertThat(all.stream().filter("event: step"::equals)).hasSize(3);
      assertThat(all.stream().filter("event: log"::equals)).hasSize(3);
      assertThat(all.stream().filter("event: end"::equals)).hasSize(1);
      List<String> resumed = stream(server, id, "2.1");
      assertThat(resumed.stream().filter("event: step"::equals)).hasSize(1);
      assertThat(resumed.stream().filter("event: log"::equals)).hasSize(2);
    }
  }

  @Test
  void streamsLogLinesWhileTheHandlerIsAtWork() throws Exception {
    try (ServerProcess server = start()) {
      String id = submit(server, "{\"type\":\"sample.sleep\",\"input\":{\"ms\":600000}}");
      HttpRequest request =
          HttpRequest.newBuilder(server.url(TASKS + "/" + id + "/stream")).build();
      var lines = server.client().send(request, HttpResponse.BodyHandlers.ofLines()).body();
      assertThat(lines.anyMatch("event: log"::equals)).isTrue();
      assertThat(server.json(TASKS + "/" + id).at("/state").asString()).isEqualTo("running");
      server.send(TASKS + "/" + id + "/cancel", "");
      awaitState(server, id, "cancelled");
    }
  }

  private static List<String> stream(ServerProcess server, String id, String lastEventId)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.url(TASKS + "/" + id + "/stream"))
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return server
        .client()
        .send(request.build(), HttpResponse.BodyHandlers.ofLines())
        .body()
        .toList();
  }

  @Test
  void answersBadInputWithFieldValueAndRemedy() throws Exception {
    try (ServerProcess server = start()) {
      JsonNode unknown =
          ServerProcess.parse(server.post(TASKS, "{\"type\":\"sample.nop\"}").body());
      assertThat(unknown.path("code").asString()).isEqualTo("task-type-unknown");
      assertThat(unknown.path("detail").asString()).contains("sample.noop");

      HttpResponse<String> many =
          server.post(TASKS, "{\"typ\":\"sample.noop\",\"priority\":12,\"delay\":\"soon\"}");
      assertThat(many.statusCode()).isEqualTo(422);
      assertThat(
              ServerProcess.parse(many.body())
                  .path("errors")
                  .valueStream()
                  .map(e -> e.path("pointer").asString()))
          .contains("/typ", "/priority", "/delay", "/type");

      HttpResponse<String> input =
          server.post(TASKS, "{\"type\":\"sample.sleep\",\"input\":{\"ms\":\"long\"}}");
      assertThat(input.statusCode()).isEqualTo(422);
      assertThat(ServerProcess.parse(input.body()).at("/errors/0/pointer").asString())
          .isEqualTo("/input/ms");

      assertThat(server.get(TASKS + "/nonsense").statusCode()).isEqualTo(400);
      assertThat(server.get(TASKS + "?cursor=nonsense").statusCode()).isEqualTo(400);
      assertThat(server.post("/api/v1/queues/none/pause", "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void refusesASecondServerOnTheSameFolder() throws Exception {
    try (ServerProcess server = start()) {
      var second = ServerProcess.run("up", "--port", "0", "--data", data.toString());
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.output()).contains("is in use by process", "stop it first");
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesAWrongConfigurationAndShowsTheEffectiveOne() throws Exception {
    var wrong = ServerProcess.run("up", "--data", data.toString(), "--set", "server.prt=1");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.output()).contains("did you mean 'server.port'?");
    Files.writeString(data.resolve("millrace.yaml"), "server:\n  port: 9090\n");
    var shown =
        ServerProcess.run(
            "config", "--data", data.toString(), "--set", "draft.downloads.concurrency=7");
    assertThat(shown.status()).isZero();
    assertThat(shown.output())
        .containsPattern("server.port: 9090 +# millrace.yaml")
        .containsPattern("draft.downloads.concurrency: 7 +# --set")
        .containsPattern("store.sync: full +# default");
  }

  @Test
  void describesEveryEndpointAndTellsHowItIs() throws Exception {
    try (ServerProcess server = start()) {
      JsonNode document = server.json("/openapi.json");
      assertThat(document.path("openapi").asString()).startsWith("3.1");
      assertThat(document.path("paths").propertyNames())
          .contains(
              TASKS,
              TASKS + "/bulk",
              TASKS + "/{id}",
              TASKS + "/{id}/stream",
              TASKS + "/{id}/log",
              TASKS + "/facets",
              TASKS + "/actions",
              "/api/v1/live",
              "/api/v1/config",
              "/api/v1/queues",
              "/api/v1/queues/{name}/pause",
              "/api/v1/events",
              "/api/v1/store/statements",
              "/api/v1/draft/drafts",
              "/health",
              "/metrics");
      JsonNode health = server.json("/health");
      assertThat(health.path("ready").asBoolean()).isTrue();
      assertThat(health.path("parts").valueStream().map(p -> p.path("name").asString()))
          .contains("store", "tasks", "disk", "draft");
      assertThat(server.get("/metrics").body()).contains("# TYPE", "http_server_requests");
    }
  }
}
