package dev.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final String GOOD =
      "{\"customer\":\"Ada\",\"lines\":[{\"item\":\"pen\",\"count\":2}]}";
  private static HttpServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    var config =
        HttpConfig.defaults()
            .withPort(0)
            .withAllowed(Set.of("mill.example", "only.example:99"), Set.of("https://desk.example"));
    server = HttpServer.builder(config).endpoints(TestApi.all()).start();
    client = new Client(server);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static String get(String host) throws Exception {
    return client.raw("GET /api/v1/orders/a HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
  }

  @Test
  void answersOnlyForItsOwnNames() throws Exception {
    for (String host :
        List.of(
            "localhost",
            "127.0.0.1:80",
            "LOCALHOST:8080",
            "[::1]:1",
            "mill.example",
            "mill.example:4",
            "only.example:99")) {
      assertThat(get("Host: " + host + "\r\n")).as(host).startsWith("HTTP/1.1 200");
    }
    for (String host :
        List.of(
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "only.example",
            "only.example:98",
            "::1")) {
      assertThat(get("Host: " + host + "\r\n"))
          .as(host)
          .matches("(?s)HTTP/1.1 (421|400) .*")
          .doesNotContain("\"id\"");
    }
    assertThat(get("Host: evil.example\r\n")).contains("host-refused").contains("evil.example");
    assertThat(get("")).startsWith("HTTP/1.1 400");
    assertThat(get("Host:\r\n")).doesNotContain("HTTP/1.1 200");
  }

  @Test
  void doesNotBelieveAnAddressThatContradictsTheHost() throws Exception {
    String answer =
        client.raw(
            "GET http://evil.example/api/v1/orders/a HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer).doesNotContain("HTTP/1.1 200");
    assertThat(client.raw("GET /api/v1/orders/a HTTP/1.0\r\n\r\n")).doesNotContain(" 200 ");
  }

  /** A client that goes on with this connection would lose its next request. */
  @Test
  void saysThatARefusalBeforeTheBodyEndsTheConnection() throws Exception {
    String head =
        "POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
            + "Content-Type: application/json\r\nContent-Length: ";
    assertThat(client.raw(head + "50\r\n\r\n{")).contains(" 403 ", "Connection: close");
    assertThat(
            client.raw(
                head + "2\r\n\r\n{}GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .contains(" 403 ")
        .containsSubsequence("HTTP/1.1 403", "HTTP/1.1 404");
  }

  @Test
  void refusesWritesFromPagesOfOtherSites() throws Exception {
    String own = server.uri().toString();
    assertThat(client.post("/api/v1/orders", GOOD, "Origin", own).statusCode()).isEqualTo(202);
    assertThat(
            client
                .post("/api/v1/orders", GOOD, "Origin", own.replace("http:", "https:"))
                .statusCode())
        .isEqualTo(202);
    assertThat(client.post("/api/v1/orders", GOOD, "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(202);
    for (String origin :
        List.of(
            "http://evil.example",
            "null",
            "http://localhost:1",
            "http://127.0.0.1",
            own + ".evil")) {
      var answer = client.post("/api/v1/orders", GOOD, "Origin", origin);
      assertThat(answer.statusCode()).as(origin).isEqualTo(403);
      assertThat(answer.body()).contains("origin-refused");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
    assertThat(client.post("/api/v1/orders", GOOD, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(client.post("/api/v1/orders", GOOD, "Sec-Fetch-Site", "same-site").statusCode())
        .isEqualTo(403);
  }

  @Test
  void sharesWithConfiguredOrigins() throws Exception {
    var answer = client.post("/api/v1/orders", GOOD, "Origin", "https://desk.example");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://desk.example");
    var preflight =
        client
            .to("/api/v1/orders")
            .headers("Origin", "https://desk.example", "Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody());
    var allowed = client.send(preflight);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("POST");
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Content-Type");
    var foreign =
        client.send(
            client
                .to("/api/v1/orders")
                .header("Origin", "https://evil.example")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void sendsTheHeadersThatProtect() throws Exception {
    var headers = client.get("/api/v1/orders/a").headers();
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    assertThat(headers.firstValue("Server")).isEmpty();
    var page = client.get("/api").headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(page).contains("script-src 'self'").doesNotContain("unsafe");
  }

  @Test
  void asksForKeysWhereThereAreSome() throws Exception {
    Keys keys =
        key ->
            switch (key) {
              case "look" -> Optional.of(Role.READER);
              case "work" -> Optional.of(Role.OPERATOR);
              default -> Optional.empty();
            };
    try (var guarded =
            HttpServer.builder(HttpConfig.defaults().withPort(0))
                .endpoints(TestApi.all())
                .keys(keys)
                .start();
        var other = new Client(guarded)) {
      var none = other.get("/api/v1/orders/a");
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(other.get("/api/v1/orders/a", "Authorization", "Bearer wrong").body())
          .contains("The key is not valid");
      assertThat(other.get("/api/v1/orders/a", "Authorization", "Bearer look").statusCode())
          .isEqualTo(200);
      assertThat(other.post("/api/v1/orders", GOOD, "Authorization", "Bearer look").statusCode())
          .isEqualTo(403);
      assertThat(other.post("/api/v1/orders", GOOD, "Authorization", "bearer work").statusCode())
          .isEqualTo(202);
      assertThat(other.get("/openapi.json").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesToListenForOthersWithoutKeys() {
    var open = HttpServer.builder(HttpConfig.defaults().withHost("0.0.0.0").withPort(0));
    assertThatThrownBy(open::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no key");
  }

  @Test
  void saysThatAPortIsTaken() {
    var taken = HttpServer.builder(HttpConfig.defaults().withPort(server.port()));
    assertThatThrownBy(taken::start)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
  }
}
