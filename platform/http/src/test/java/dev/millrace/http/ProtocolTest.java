package dev.millrace.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  private static HttpServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = TestApi.start();
    client = new Client(server);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    String answer =
        client.raw(
            "GET /api/v1/orders/a HTTP/1.1\r\nHost: localhost\r\nX-Big: "
                + "x".repeat(40_000)
                + "\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 431")
        .contains("headers-too-large")
        .contains("application/problem+json");
  }

  @Test
  void refusesAddressesThatAreTooLong() throws Exception {
    String answer =
        client.raw("GET /api/" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 414").contains("uri-too-long");
  }

  @Test
  void refusesWhatIsNotHttp() throws Exception {
    for (String request :
        List.of(
            "NONSENSE\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET /a\0b HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
            "POST /api/v1/orders HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Length: 3\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\n",
            "POST /api/v1/orders HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Length: 3\r\n"
                + "Content-Length: 4\r\n\r\n"
                + "abc")) {
      String answer = client.raw(request);
      assertThat(answer)
          .as(request)
          .matches("(?s)HTTP/1.1 (400|505) .*")
          .contains("request-malformed")
          .doesNotContain("at org.");
    }
  }

  @Test
  void refusesPathsWithTwoMeanings() throws Exception {
    for (String path :
        List.of(
            "/api/v1/orders/%2e%2e/x",
            "/api/v1/orders/a%2Fb",
            "/api/v1/orders/a;b=c/x",
            "/api/%zz",
            "/..%2f..%2fetc/passwd",
            "/api/v1//orders")) {
      String answer =
          client.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(path).matches("(?s)HTTP/1.1 (400|404) .*");
    }
  }

  @Test
  void answersManyRequestsOnOneConnection() throws Exception {
    String one = "GET /api/v1/orders/a HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String last = "GET /api/v1/orders/b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    String answers = client.raw(one.repeat(20) + last);
    assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(22);
    assertThat(answers).endsWith("{\"id\":\"b\"}");
  }

  @Test
  void keepsTheConnectionAfterAProblem() throws Exception {
    String wrong =
        "POST /api/v1/orders HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "{}";
    String answers =
        client.raw(
            wrong
                + "GET /api/v1/orders/b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answers)
        .startsWith("HTTP/1.1 422")
        .contains("HTTP/1.1 200")
        .endsWith("{\"id\":\"b\"}");
  }

  @Test
  void hidesWhatWentWrongInside() throws Exception {
    var answer = client.get("/api/v1/broken", "X-Request-Id", "my-id.7");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("internal-error")
        .contains("my-id.7")
        .doesNotContain("secret")
        .doesNotContain("Exception");
    assertThat(answer.headers().firstValue("X-Request-Id")).contains("my-id.7");
  }

  @Test
  void handsTheTraceOn() throws Exception {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    String good = "{\"customer\":\"Ada\",\"lines\":[{\"item\":\"pen\",\"count\":2}]}";
    var given = client.post("/api/v1/orders", good, "traceparent", trace);
    assertThat(given.body()).contains(trace);
    assertThat(given.headers().firstValue("X-Request-Id"))
        .contains("0af7651916cd43dd8448eb211c80319c");
    for (String bad :
        List.of(
            "00-xyz",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            trace.replace("00-0", "ff-0"),
            trace.toUpperCase())) {
      var made =
          Client.json(client.post("/api/v1/orders", good, "traceparent", bad))
              .path("traceparent")
              .stringValue();
      assertThat(made).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01").isNotEqualTo(bad);
    }
    assertThat(
            client
                .get("/api/v1/orders/a", "X-Request-Id", "a b")
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void refusesToAnswerInATypeThatIsNotAccepted() throws Exception {
    assertThat(client.get("/api/v1/orders/a", "Accept", "text/html").statusCode()).isEqualTo(406);
    assertThat(
            client
                .get("/api/v1/orders/a", "Accept", "application/json;q=0, text/html")
                .statusCode())
        .isEqualTo(406);
    for (String accept :
        List.of("*/*", "text/html, */*;q=0.1", "application/*", "Application/JSON;q=0.5")) {
      assertThat(client.get("/api/v1/orders/a", "Accept", accept).statusCode())
          .as(accept)
          .isEqualTo(200);
    }
  }

  @Test
  void closesConnectionsThatStayIdle() throws Exception {
    var quick =
        HttpConfig.defaults()
            .withPort(0)
            .withTimes(
                java.time.Duration.ofMillis(200),
                java.time.Duration.ofSeconds(1),
                java.time.Duration.ofMillis(100));
    try (var other = HttpServer.builder(quick).start();
        var to = new Client(other);
        var socket = to.connect()) {
      socket.getOutputStream().write("GET /api".getBytes(UTF_8));
      socket.getOutputStream().flush();
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    }
  }
}
