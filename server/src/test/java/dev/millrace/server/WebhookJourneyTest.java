package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.testkit.Signal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Web hooks as their users and receivers meet them. */
class WebhookJourneyTest {
  private static final String HOOKS = "/api/v1/webhooks";
  private static final String ALLOWED = "webhooks.allow-private-addresses=true";
  private static final String NOOP = "{\"type\":\"sample.noop\",\"tags\":[\"told\"]}";

  @TempDir Path data;

  /** What came in: headers by name in lower case, and the body as ''. */
  private final List<Map<String, String>> got = Collections.synchronizedList(new ArrayList<>());

  /** Statuses to answer before 204. */
  private final Deque<Integer> statuses = new ArrayDeque<>();

  private HttpServer receiver;

  @BeforeEach
  void listen() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          Map<String, String> seen =
              exchange.getRequestHeaders().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          entry -> entry.getKey().toLowerCase(),
                          entry -> entry.getValue().getFirst()));
          seen.put(
              "", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          seen.put("path", exchange.getRequestURI().getPath());
          int status;
          synchronized (statuses) {
            status = statuses.isEmpty() ? 204 : statuses.poll();
          }
          if (status == 307) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
          got.add(seen);
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/in";
  }

  private String hook(String states) {
    return "{\"url\":\"%s\",\"states\":[%s],\"types\":[\"sample.*\"],\"tags\":[\"told\"]}"
        .formatted(url(), states);
  }

  private String made(ServerProcess server, String states) throws Exception {
    return server
        .send(HOOKS, "{\"name\":\"one\",\"webhook\":%s}".formatted(hook(states)))
        .path("secret")
        .asString();
  }

  private static String signature(String secret, Map<String, String> seen) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
    String signed =
        seen.get("webhook-id") + "." + seen.get("webhook-timestamp") + "." + seen.get("");
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void tellsWhatItIsAskedForSignedAndOnce() throws Exception {
    try (ServerProcess server = ServerProcess.start(data, "--samples", "--set", ALLOWED)) {
      String secret = made(server, "\"succeeded\"");
      assertThat(server.get(HOOKS).body()).doesNotContain("whsec_", "\"secret\"");
      server.send("/api/v1/tasks", "{\"type\":\"sample.noop\"}");
      String id = server.send("/api/v1/tasks", NOOP).path("id").asString();
      Signal.awaitUntil("it is told", () -> !got.isEmpty());
      Signal.awaitUntil("the log knows", () -> "delivered".equals(delivery(server, "state")));

      assertThat(got).hasSize(1);
      Map<String, String> seen = got.getFirst();
      assertThat(seen.get("webhook-signature")).isEqualTo(signature(secret, seen));
      assertThat(Long.parseLong(seen.get("webhook-timestamp"))).isGreaterThan(1_700_000_000L);
      JsonNode body = ServerProcess.parse(seen.get(""));
      assertThat(body.path("type").asString()).isEqualTo("task.succeeded");
      assertThat(body.at("/data/id").asString()).isEqualTo(id);
      assertThat(body.at("/data/type").asString()).isEqualTo("sample.noop");
      assertThat(delivery(server, "about")).isEqualTo(id);
      assertThat(delivery(server, "status")).isEqualTo("204");

      JsonNode test = server.send(HOOKS + "/one/test", "");
      assertThat(test.path("taken").asBoolean()).isTrue();
      assertThat(got.getLast().get("")).contains("webhook.test");
      JsonNode renewed = server.send(HOOKS + "/one/secret", "");
      assertThat(renewed.path("oldUntil").asString()).isNotEmpty();
      assertThat(server.json(HOOKS + "/one").path("oldSecretUntil"))
          .isEqualTo(renewed.path("oldUntil"));
      String second = renewed.path("secret").asString();
      server.send(HOOKS + "/one/test", "");
      assertThat(got.getLast().get("webhook-signature"))
          .as("receivers that have either of them take it")
          .isEqualTo(signature(second, got.getLast()) + " " + signature(secret, got.getLast()));
      JsonNode last = server.send(HOOKS + "/one/secret?overlap=PT0S", "");
      assertThat(last.path("oldUntil").isNull()).isTrue();
      server.send(HOOKS + "/one/test", "");
      assertThat(got.getLast().get("webhook-signature"))
          .isEqualTo(signature(last.path("secret").asString(), got.getLast()));
      assertThat(server.post(HOOKS + "/one/secret?overlap=P31D", "").body())
          .contains("webhook-invalid", "?overlap", "P");
      assertThat(server.output()).doesNotContain("whsec_");
    }
  }

  @Test
  void triesAgainAndGoesOnAfterAKill() throws Exception {
    statuses.add(500);
    String first;
    try (ServerProcess server = ServerProcess.start(data, "--samples", "--set", ALLOWED)) {
      made(server, "\"succeeded\"");
      server.send("/api/v1/tasks", NOOP);
      Signal.awaitUntil("one attempt", () -> "1".equals(delivery(server, "attempts")));
      first = got.getFirst().get("webhook-id");
      assertThat(delivery(server, "error")).contains("answered 500");
      assertThat(server.json(HOOKS + "/one").path("failingSince").isNull()).isFalse();
      server.kill();
    }
    try (ServerProcess server = ServerProcess.start(data, "--samples", "--set", ALLOWED)) {
      String task = delivery(server, "task");
      server.post("/api/v1/tasks/" + task + "/retry", "");
      Signal.awaitUntil("delivered", () -> "delivered".equals(delivery(server, "state")));
      assertThat(got.getLast().get("webhook-id")).isEqualTo(first);
      assertThat(server.json(HOOKS + "/one").path("failingSince").isNull()).isTrue();
      server.send("/api/v1/tasks", NOOP);
      Signal.awaitUntil(
          "it follows on",
          () -> got.stream().map(s -> s.get("webhook-id")).distinct().count() == 2);
    }
  }

  @Test
  void followsNoRedirectAndStopsWhereNothingIsWanted() throws Exception {
    statuses.add(307);
    try (ServerProcess server = ServerProcess.start(data, "--samples", "--set", ALLOWED)) {
      made(server, "\"succeeded\"");
      JsonNode redirected = server.send(HOOKS + "/one/test", "");
      assertThat(redirected.path("taken").asBoolean()).isFalse();
      assertThat(redirected.path("error").asString()).contains("redirects");
      assertThat(got).extracting(seen -> seen.get("path")).containsExactly("/in");

      statuses.add(410);
      server.send("/api/v1/tasks", NOOP);
      Signal.awaitUntil("disabled", () -> !enabled(server));
      assertThat(server.json(HOOKS + "/one").path("disabledBecause").asString()).isEqualTo("gone");
      Signal.awaitUntil("failed", () -> "failed".equals(delivery(server, "state")));

      HttpResponse<String> again = put(server, hook("\"succeeded\""));
      assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      assertThat(enabled(server)).isTrue();
      server.send("/api/v1/tasks", NOOP);
      Signal.awaitUntil("told again", () -> "delivered".equals(delivery(server, "state")));
    }
  }

  @Test
  void refusesWhatCannotBe() throws Exception {
    try (ServerProcess server = ServerProcess.start(data, "--samples")) {
      String body = "{\"name\":\"one\",\"webhook\":%s}";
      assertThat(server.post(HOOKS, body.formatted(hook("\"dead\""))).body())
          .contains("webhook-invalid", "/webhook/url", "127.0.0.1");
      String elsewhere = hook("\"running\"").replace(url(), "https://example.com/");
      assertThat(server.post(HOOKS, body.formatted(elsewhere)).body())
          .contains("webhook-invalid", "/webhook/states");
      String fine = hook("\"dead\"").replace(url(), "https://example.com/");
      assertThat(
              server
                  .post(
                      HOOKS,
                      "{\"name\":\"one\",\"secret\":\"short\",\"webhook\":%s}".formatted(fine))
                  .body())
          .contains("webhook-invalid", "/secret")
          .doesNotContain("short");
      assertThat(server.post(HOOKS, body.formatted(fine)).statusCode()).isEqualTo(201);
      assertThat(server.post(HOOKS, body.formatted(fine)).body()).contains("webhook-exists");
      assertThat(server.get(HOOKS + "/two").body()).contains("webhook-not-found");
      assertThat(delete(server).statusCode()).isEqualTo(204);
      assertThat(server.json("/api/v1/followers").toString()).doesNotContain("\"webhooks\"");
    }
  }

  private static boolean enabled(ServerProcess server) {
    return json(server, HOOKS + "/one").path("enabled").asBoolean();
  }

  /** Of the newest delivery. */
  private static String delivery(ServerProcess server, String field) {
    return json(server, HOOKS + "/one/deliveries").at("/items/0").path(field).asString("");
  }

  private static JsonNode json(ServerProcess server, String path) {
    try {
      return server.json(path);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static HttpResponse<String> put(ServerProcess server, String body) throws Exception {
    return server
        .client()
        .send(
            HttpRequest.newBuilder(server.url(HOOKS + "/one"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> delete(ServerProcess server) throws Exception {
    return server
        .client()
        .send(
            HttpRequest.newBuilder(server.url(HOOKS + "/one")).DELETE().build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
