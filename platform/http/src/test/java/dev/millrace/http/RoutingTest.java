package dev.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private static HttpServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server =
        HttpServer.builder(HttpConfig.defaults().withPort(0))
            .endpoints(TestApi.all())
            .endpoints(
                List.of(
                    named("/api/v1/orders/latest", "literal"),
                    named("/api/v1/orders/latest/{part}/x", "deep literal"),
                    named("/api/v1/orders/{id}/lines/{line}/y", "deep names")))
            .start();
    client = new Client(server);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static Endpoint named(String path, String answer) {
    var endpoint = Endpoint.get(path).summary(answer).answers(200, Map.class, Map.of());
    Route.namesIn(path).forEach(name -> endpoint.path(name, "A name", "x"));
    return endpoint.handle(request -> Reply.ok(Map.of("said", answer)));
  }

  @Test
  void prefersLiteralSegmentsAndGoesBackFromDeadEnds() throws Exception {
    assertThat(client.get("/api/v1/orders/latest").body()).contains("\"literal\"");
    assertThat(client.get("/api/v1/orders/latest/1/x").body()).contains("deep literal");
    assertThat(client.get("/api/v1/orders/latest/lines/2/y").body()).contains("deep names");
    assertThat(client.get("/api/v1/orders/other").body()).isEqualTo("{\"id\":\"other\"}");
  }

  @Test
  void decodesNamesOfThePath() throws Exception {
    assertThat(client.get("/api/v1/orders/%E5%BD%92%20a+b").body()).isEqualTo("{\"id\":\"归 a+b\"}");
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    for (String path :
        List.of("/api/v1/nothing", "/api/v1/orders/a/b/c", "/api/v1/orders/", "/nothing")) {
      var answer = client.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(Client.json(answer).path("code").stringValue()).isEqualTo("not-found");
    }
  }

  @Test
  void namesTheMethodsThatAPathHas() throws Exception {
    var answer = client.send(client.to("/api/v1/orders").DELETE());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, POST, OPTIONS");
    assertThat(Client.json(answer).path("code").stringValue()).isEqualTo("method-not-allowed");
    var strange = client.send(client.to("/api/v1/orders").method("BREW", BodyPublishers.noBody()));
    assertThat(strange.statusCode()).isEqualTo(405);
  }

  @Test
  void answersOptionsWithTheMethods() throws Exception {
    var answer =
        client.send(client.to("/api/v1/orders").method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, POST, OPTIONS");
  }

  @Test
  void answersHeadWithTheHeaderOfGet() throws Exception {
    var get = client.get("/api/v1/orders/one");
    var head = client.send(client.to("/api/v1/orders/one").HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"));
    assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
  }

  @Test
  void readsQueriesIntoTheirRecord() throws Exception {
    var answer = client.get("/api/v1/orders?limit=7&colour=red,dark-blue&open=true");
    assertThat(answer.body())
        .isEqualTo(
            "{\"items\":[{\"limit\":7,\"colours\":[\"red\",\"dark-blue\"],\"open\":true}],\"next\":null}");
    assertThat(client.get("/api/v1/orders?colour=red&colour=dark-blue").body())
        .contains("\"limit\":50")
        .contains("[\"red\",\"dark-blue\"]")
        .contains("\"open\":null");
  }

  @Test
  void namesEveryWrongParameterAtOnce() throws Exception {
    var answer = client.get("/api/v1/orders?limit=0&colour=rad&opne=true&open=maybe");
    assertThat(answer.statusCode()).isEqualTo(400);
    var problem = Client.json(answer);
    assertThat(problem.path("code").stringValue()).isEqualTo("query-invalid");
    assertThat(problem.path("errors").valueStream().map(e -> e.path("pointer").stringValue()))
        .containsExactlyInAnyOrder("?limit", "?colour", "?opne", "?open");
    assertThat(answer.body()).contains("did you mean 'open'?").contains("did you mean 'red'?");
  }

  @Test
  void refusesParametersWhereThereAreNone() throws Exception {
    assertThat(client.get("/api/v1/large?x=1").statusCode()).isEqualTo(400);
    assertThat(client.get("/api/v1/large?").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesRepeatedAndMalformedParameters() throws Exception {
    assertThat(client.get("/api/v1/orders?limit=1&limit=2").body()).contains("\"duplicate\"");
    String raw =
        client.raw(
            "GET /api/v1/orders?cursor=%zz HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(raw).startsWith("HTTP/1.1 400");
  }

  @Test
  void refusesTwoEndpointsForTheSameRequests() {
    var builder =
        HttpServer.builder(HttpConfig.defaults().withPort(0))
            .endpoints(
                List.of(
                    TestApi.find(),
                    Endpoint.get("/api/v1/orders/{other}")
                        .id("another")
                        .path("other", "x", "y")
                        .summary("x")
                        .answersEmpty(204)
                        .handle(_ -> Reply.noContent())));
    assertThatThrownBy(builder::start)
        .hasMessageContaining("two endpoints answer the same requests");
  }

  @Test
  void refusesDescriptionsThatAreIncomplete() {
    assertThatThrownBy(
            () -> Endpoint.get("/api/x").answersEmpty(204).handle(_ -> Reply.noContent()))
        .hasMessageContaining("summary");
    assertThatThrownBy(() ->
            Endpoint.get("/api/{x}").summary("x").answersEmpty(204).handle(_ -> Reply.noContent()))
        .hasMessageContaining("describe each name");
    assertThatThrownBy(() -> Endpoint.get("/api/x").path("y", "", ""))
        .hasMessageContaining("has no {y}");
    assertThatThrownBy(() -> Endpoint.get("api")).hasMessageContaining("starts with /");
    assertThatThrownBy(() -> Endpoint.get("/api").maxBody(5))
        .hasMessageContaining("declare the body first");
    var twice =
        HttpServer.builder(HttpConfig.defaults().withPort(0))
            .endpoints(
                List.of(
                    TestApi.find(),
                    named("/api/v1/z", "z"),
                    named("/api/v1/a-z", "z"),
                    Endpoint.get("/api/v1/b")
                        .id("getZ")
                        .summary("b")
                        .answersEmpty(204)
                        .handle(_ -> Reply.noContent())));
    assertThatThrownBy(twice::start).hasMessageContaining("operation id 'getZ'");
  }

  @Test
  void refusesProblemCodesThatContradict() {
    var other = new ProblemType("order-unknown", 410, "Gone", "Look elsewhere.");
    var builder =
        HttpServer.builder(HttpConfig.defaults().withPort(0))
            .endpoints(
                List.of(
                    TestApi.find(),
                    Endpoint.get("/api/v1/b")
                        .summary("b")
                        .problems(other)
                        .answersEmpty(204)
                        .handle(_ -> Reply.noContent())));
    assertThatThrownBy(builder::start).hasMessageContaining("'order-unknown' is declared twice");
    assertThatThrownBy(() -> new ProblemType("Bad_Code", 400, "x", "y"))
        .hasMessageContaining("Bad_Code");
    assertThatThrownBy(() -> new ProblemType("code-", 400, "x", "y")).hasMessageContaining("code-");
    assertThatThrownBy(() -> new ProblemType("code", 200, "x", "y")).hasMessageContaining("200");
    assertThatThrownBy(() -> new ProblemType("code", 400, "x", " ")).hasMessageContaining("remedy");
  }
}
