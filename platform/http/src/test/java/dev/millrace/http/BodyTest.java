package dev.millrace.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BodyTest {
  private static final String GOOD =
      "{\"customer\":\"Ada\",\"lines\":[{\"item\":\"pen\",\"count\":2}]}";
  private static HttpServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    var config =
        HttpConfig.defaults()
            .withPort(0)
            .withMaxBody(200_000)
            .withTimes(Duration.ofMillis(700), Duration.ofSeconds(1), Duration.ofMillis(300));
    var endpoints = new ArrayList<>(TestApi.all());
    endpoints.add(counted());
    server = HttpServer.builder(config).endpoints(endpoints).start();
    client = new Client(server);
  }

  /** Reads its body while it comes. */
  private static Endpoint counted() {
    return Endpoint.post("/api/v1/streamed")
        .summary("Counts bytes while they come")
        .tags("orders")
        .stream("application/zip", 300_000)
        .answers(200, Map.class, Map.of("count", 1))
        .handle(request -> {
          try (InputStream in = request.body()) {
            long count = 0;
            byte[] piece = new byte[1_000];
            for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
              count += some;
            }
            return Reply.ok(Map.of("count", count));
          }
        });
  }

  private static HttpResponse<String> streamed(byte[] body, boolean announced) throws Exception {
    return client.send(
        client
            .to("/api/v1/streamed")
            .header("Content-Type", "application/zip")
            .POST(
                announced
                    ? BodyPublishers.ofByteArray(body)
                    : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
  }

  @Test
  void handsOverBodiesWhileTheyCome() throws Exception {
    // More than any body that is read into memory may have here.
    assertThat(streamed(new byte[300_000], true).body()).isEqualTo("{\"count\":300000}");
    assertThat(streamed(new byte[300_000], false).body()).isEqualTo("{\"count\":300000}");
    assertThat(streamed(new byte[0], true).body()).isEqualTo("{\"count\":0}");
    assertThat(client.post("/api/v1/streamed", "{}").statusCode()).isEqualTo(415);
    for (boolean announced : new boolean[] {true, false}) {
      try {
        assertThat(streamed(new byte[300_001], announced).statusCode()).isEqualTo(413);
      } catch (java.io.IOException cut) {
        // The server may close before the client has written everything: a refusal, too.
        assertThat(cut)
            .hasMessageMatching("(?s).*(reset|closed|Broken pipe|EOF|received no bytes).*");
      }
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static String code(java.net.http.HttpResponse<String> answer) {
    return Client.json(answer).path("code").stringValue();
  }

  @Test
  void saysWhereJsonIsMalformed() throws Exception {
    var answer = client.post("/api/v1/orders", "{\"customer\": \"Ada\",\n  \"lines\": [}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("json-malformed");
    assertThat(Client.json(answer).path("detail").stringValue()).startsWith("Line 2, column 13: ");
    assertThat(client.post("/api/v1/orders", "{\"customer\"").statusCode()).isEqualTo(400);
    assertThat(client.post("/api/v1/orders", GOOD + " {}").body()).contains("json-malformed");
    assertThat(client.post("/api/v1/orders", "nonsense").body()).contains("json-malformed");
  }

  @Test
  void refusesTextThatIsNotUtf8() throws Exception {
    byte[] body = GOOD.replace("Ada", "\u00e4d\u00ff").getBytes(ISO_8859_1);
    var request =
        client
            .to("/api/v1/orders")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    var answer = client.send(request);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("json-malformed");
  }

  @Test
  void refusesJsonThatIsTooDeep() throws Exception {
    String deep =
        "{\"customer\":\"Ada\",\"lines\":[],\"input\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    var answer = client.post("/api/v1/orders", deep);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("json-too-deep");
  }

  private HttpResponse<String> yaml(String body) throws Exception {
    return client.send(
        client
            .to("/api/v1/orders")
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void takesYamlWithTheSameRules() throws Exception {
    String good = Json.mapper().readTree(GOOD).toPrettyString();
    assertThat(yaml(good).statusCode()).isEqualTo(202);
    String block = "customer: 阿达 # who\nlines:\n  - item: pen\n    count: none\nx: {y: [1]}\n";
    var refused = yaml(block);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"/lines/0/count\"", "\"/x\"");
  }

  @Test
  void refusesYamlThatIsNoneOrTooMuch() throws Exception {
    var open = yaml("customer: Ada\nlines: [1, 2");
    assertThat(open.statusCode()).isEqualTo(400);
    assertThat(code(open)).isEqualTo("yaml-malformed");
    assertThat(open.body()).contains("Line 2");
    assertThat(yaml("a: 1\na: 2").body()).contains("yaml-malformed", "duplicate key a");
    assertThat(yaml("1: one").body()).contains("The name 1 is no text");
    assertThat(yaml("a: &x [1]\nb: [*x, *x]").body()).contains("Line 2, column 5: aliases");
    assertThat(yaml("a: 1\n---\nb: 2").body()).contains("yaml-malformed");
    assertThat(code(yaml("a: " + "[".repeat(5000) + "]".repeat(5000)))).isEqualTo("json-too-deep");
  }

  @Test
  void takesYamlOnlyWhereItIsSaid() throws Exception {
    var answer =
        client.send(
            client
                .to("/api/v1/bytes")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString("a: 1")));
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void takesRawJsonAsItIs() throws Exception {
    String body = GOOD.replace("}]}", "}],\"input\":{\"any\":[1,2,{\"deep\":null}]}}");
    assertThat(client.post("/api/v1/orders", body).statusCode()).isEqualTo(202);
  }

  @Test
  void refusesRepeatedNamesInRawJsonToo() throws Exception {
    var answer =
        client.post("/api/v1/orders", GOOD.replace("}]}", "}],\"input\":{\"a\":1,\"a\":2}}"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("json-malformed").contains("Duplicate");
  }

  @Test
  void refusesRepeatedNullAndForeignProperties() throws Exception {
    var answer =
        client.post(
            "/api/v1/orders",
            "{\"customer\":\"a\",\"customer\":\"b\",\"lines\":null,\"x\":{\"y\":[1]},\"delay\":null}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(
            Client.json(answer)
                .path("errors")
                .valueStream()
                .map(e -> e.path("pointer").stringValue() + " " + e.path("code").stringValue()))
        .containsExactly("/customer duplicate", "/lines required", "/x unknown");
  }

  @Test
  void countsFaultsBeyondTheOnesItLists() throws Exception {
    var many = new StringBuilder("{\"customer\":\"a\",\"lines\":[]");
    for (int i = 0; i < 150; i++) {
      many.append(",\"x").append(i).append("\":1");
    }
    var answer = client.post("/api/v1/orders", many.append('}').toString());
    assertThat(Client.json(answer).path("errors").size()).isEqualTo(100);
    assertThat(Client.json(answer).path("detail").stringValue())
        .startsWith("151 places are wrong; the first 100");
  }

  @Test
  void refusesBodiesOfTheWrongKind() throws Exception {
    var plain =
        client
            .to("/api/v1/orders")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(GOOD));
    assertThat(client.send(plain).statusCode()).isEqualTo(415);
    var none = client.to("/api/v1/orders").POST(BodyPublishers.ofString(GOOD));
    assertThat(client.send(none).statusCode()).isEqualTo(415);
    var packed =
        client
            .to("/api/v1/orders")
            .headers("Content-Type", "application/json", "Content-Encoding", "gzip")
            .POST(BodyPublishers.ofString(GOOD));
    assertThat(code(client.send(packed))).isEqualTo("media-type-unsupported");
    var plus =
        client
            .to("/api/v1/orders")
            .header("Content-Type", "application/vnd.x+json; charset=utf-8")
            .POST(BodyPublishers.ofString(GOOD));
    assertThat(client.send(plus).statusCode()).isEqualTo(202);
  }

  @Test
  void refusesAMissingBody() throws Exception {
    var answer = client.post("/api/v1/orders", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("body-missing");
    assertThat(client.post("/api/v1/orders", "   ").statusCode()).isEqualTo(422);
  }

  @Test
  void refusesBodiesThatAreTooLarge() throws Exception {
    String large = GOOD.replace("Ada", "x".repeat(300_000));
    assertThat(
            client.raw(
                "POST /api/v1/orders HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Content-Type: application/json\r\n"
                    + "Content-Length: 300000\r\n\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains("body-too-large");
    var chunked =
        client
            .to("/api/v1/orders")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(large.getBytes(UTF_8))));
    try {
      assertThat(client.send(chunked).statusCode()).isEqualTo(413);
    } catch (java.io.IOException cut) {
      // The server may close before the client has written everything: that is a refusal too.
      assertThat(cut)
          .hasMessageMatching("(?s).*(reset|closed|Broken pipe|EOF|received no bytes).*");
    }
  }

  @Test
  void limitsEachEndpointByItsOwnSize() throws Exception {
    var fits =
        client
            .to("/api/v1/bytes")
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(new byte[100_000]));
    assertThat(client.send(fits).body()).isEqualTo("{\"count\":100000}");
    var over =
        client
            .to("/api/v1/bytes")
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(new byte[100_001]));
    assertThat(client.send(over).statusCode()).isEqualTo(413);
  }

  @Test
  void readsBodiesThatComeInPieces() throws Exception {
    try (var socket = client.connect()) {
      var out = socket.getOutputStream();
      out.write(
          "POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(UTF_8));
      for (char c : GOOD.toCharArray()) {
        out.write(("1\r\n" + c + "\r\n").getBytes(UTF_8));
        out.flush();
      }
      out.write("0\r\n\r\n".getBytes(UTF_8));
      out.flush();
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 202");
    }
  }

  @Test
  void invitesClientsThatAskBeforeTheySend() throws Exception {
    try (var socket = client.connect()) {
      var out = socket.getOutputStream();
      out.write(
          ("POST /api/v1/orders HTTP/1.1\r\n"
                  + "Host: localhost\r\n"
                  + "Connection: close\r\n"
                  + "Expect: 100-continue\r\n"
                  + "Content-Type: application/json\r\n"
                  + "Content-Length: "
                  + GOOD.length()
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      out.flush();
      assertThat(new String(socket.getInputStream().readNBytes(21), UTF_8))
          .startsWith("HTTP/1.1 100 Continue");
      out.write(GOOD.getBytes(UTF_8));
      out.flush();
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .contains("HTTP/1.1 202");
    }
  }

  @Test
  void givesUpOnABodyThatStopsInTheMiddle() throws Exception {
    String answer =
        client.raw(
            "POST /api/v1/orders HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: 50\r\n\r\n"
                + "{\"cust");
    assertThat(answer).startsWith("HTTP/1.1 408").contains("request-timeout");
  }

  @Test
  void refusesChunksThatAreMalformed() throws Exception {
    String answer =
        client.raw(
            "POST /api/v1/orders HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "zz\r\n"
                + "{}\r\n"
                + "0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("request-malformed");
  }
}
