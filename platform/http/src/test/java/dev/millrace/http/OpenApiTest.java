package dev.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
  private static HttpServer server;
  private static Client client;
  private static JsonNode document;

  record Wrong(@Range(max = 5) int number) {}

  record Deep(List<Wrong> list) {}

  record BadDefault(@Default("x") int number) {}

  private static Endpoint stream() {
    return Endpoint.get("/api/v1/live")
        .summary("Live")
        .tags("live")
        .role(Role.PUBLIC)
        .answersStream("`tick` events", "id: 1\nevent: tick\n")
        .handle(_ -> Reply.noContent());
  }

  private static Endpoint zip() {
    return Endpoint.get("/api/v1/zip")
        .summary("Zip")
        .tags("live")
        .answersContent(200, "application/zip", "An archive", null)
        .handle(_ -> Reply.noContent());
  }

  private static Endpoint optional() {
    return Endpoint.post("/api/v1/maybe")
        .summary("Maybe")
        .description("Has *no* need of a body.")
        .tags("orders")
        .optionalBody(TestApi.Line.class, new TestApi.Line("a", 1), new TestApi.Line("none", 1))
        .answers(200, TestApi.Line.class, new TestApi.Line("a", 1))
        .handle(request -> Reply.ok(request.body()));
  }

  @BeforeAll
  static void start() throws Exception {
    server =
        HttpServer.builder(HttpConfig.defaults().withPort(0))
            .endpoints(TestApi.all())
            .endpoints(List.of(stream(), zip(), optional()))
            .about(new About("Test", "1.2", "About *it*."))
            .start();
    client = new Client(server);
    document = Client.json(client.get("/openapi.json"));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void describesEveryEndpoint() {
    assertThat(document.path("openapi").stringValue()).isEqualTo("3.1.0");
    assertThat(document.at("/info/version").stringValue()).isEqualTo("1.2");
    var operations = new ArrayList<String>();
    document
        .path("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .forEach(method -> operations.add(method.getKey() + " " + path.getKey())));
    assertThat(operations)
        .containsExactlyInAnyOrder(
            "post /api/v1/orders",
            "get /api/v1/orders",
            "get /api/v1/orders/{id}",
            "get /api/v1/broken",
            "get /api/v1/large",
            "put /api/v1/bytes",
            "get /api/v1/live",
            "get /api/v1/zip",
            "post /api/v1/maybe",
            "get /openapi.json",
            "get /api/problems");
    document
        .path("paths")
        .forEach(path ->
            path.forEach(operation -> {
              assertThat(operation.path("operationId").stringValue()).isNotBlank();
              assertThat(operation.path("summary").stringValue()).isNotBlank();
              assertThat(
                      operation
                          .path("responses")
                          .propertyStream()
                          .anyMatch(r -> r.getKey().startsWith("2")))
                  .isTrue();
            }));
  }

  @Test
  void hasNoReferenceToNowhere() {
    var references = new HashSet<String>();
    collect(document, references);
    assertThat(references)
        .contains(
            "#/components/schemas/Order",
            "#/components/schemas/Problem",
            "#/components/examples/order-unknown");
    for (String reference : references) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void describesEveryRecordOnce() {
    assertThat(document.at("/components/schemas").propertyNames())
        .filteredOn(name -> name.endsWith("Line") || name.startsWith("Line"))
        .containsExactly("Line");
  }

  private static void collect(JsonNode node, Set<String> references) {
    if (node.isObject() && node.path("$ref").isString()) {
      references.add(node.path("$ref").stringValue());
    }
    node.forEach(child -> collect(child, references));
  }

  @Test
  void describesRecordsWithTheirLimits() {
    JsonNode order = document.at("/components/schemas/Order");
    assertThat(order.path("required").valueStream().map(JsonNode::stringValue))
        .containsExactly("customer", "lines");
    assertThat(order.path("additionalProperties").booleanValue()).isFalse();
    assertThat(order.path("description").stringValue()).isEqualTo("An order.");
    assertThat(order.at("/properties/customer").toString())
        .isEqualTo(
            "{\"type\":\"string\",\"minLength\":1,\"maxLength\":40,\"description\":\"Who"
                + " orders.\"}");
    assertThat(order.at("/properties/lines").toString())
        .isEqualTo(
            "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Line\"},\"minItems\":1,\"maxItems\":3}");
    assertThat(order.at("/properties/colour").toString())
        .isEqualTo(
            "{\"type\":[\"string\",\"null\"],\"enum\":[\"red\",\"dark-blue\",null],\"default\":\"red\"}");
    assertThat(order.at("/properties/delay").toString())
        .isEqualTo("{\"type\":[\"string\",\"null\"],\"format\":\"duration\"}");
    assertThat(order.at("/properties/code/pattern").stringValue()).isEqualTo("^(?:[a-z]+)$");
    assertThat(order.at("/properties/weight").toString())
        .isEqualTo(
            "{\"type\":[\"number\",\"null\"],\"format\":\"double\",\"minimum\":0,\"maximum\":1,\"default\":0.5}");
    assertThat(order.at("/properties/tags/additionalProperties/type").stringValue())
        .isEqualTo("string");
    assertThat(order.at("/properties/input").toString()).isEqualTo("{}");
  }

  @Test
  void describesParametersStreamsAndDownloads() {
    JsonNode list = document.path("paths").path("/api/v1/orders").path("get");
    assertThat(list.path("parameters").valueStream().map(p -> p.path("name").stringValue()))
        .containsExactly("limit", "cursor", "colour", "open", "If-None-Match");
    assertThat(list.at("/parameters/0/schema").toString())
        .isEqualTo(
            "{\"type\":\"integer\",\"format\":\"int32\",\"minimum\":1,\"maximum\":100,\"default\":50}");
    assertThat(list.at("/responses/200/content/application~1json/schema/$ref").stringValue())
        .isEqualTo("#/components/schemas/SeenPage");
    assertThat(
            document.at("/components/schemas/SeenPage/properties/items/items/$ref").stringValue())
        .startsWith("#/components/schemas/");
    JsonNode live = document.path("paths").path("/api/v1/live").path("get");
    assertThat(live.at("/responses/200/content/text~1event-stream/example").stringValue())
        .contains("event: tick");
    assertThat(live.path("parameters").toString()).contains("Last-Event-ID");
    assertThat(live.path("responses").toString())
        .contains("streams-full")
        .doesNotContain("unauthenticated");
    JsonNode zip = document.path("paths").path("/api/v1/zip").path("get");
    assertThat(zip.at("/responses/200/content/application~1zip/schema/format").stringValue())
        .isEqualTo("binary");
    JsonNode maybe = document.path("paths").path("/api/v1/maybe").path("post");
    assertThat(maybe.at("/requestBody/required").booleanValue()).isFalse();
    assertThat(maybe.at("/responses/400").toString()).doesNotContain("body-missing");
    assertThat(
            document
                .at(
                    "/paths/~1api~1v1~1bytes/put/requestBody/content/application~1octet-stream/schema/format")
                .stringValue())
        .isEqualTo("binary");
  }

  @Test
  void namesEveryProblemOfEveryEndpoint() throws Exception {
    var place = document.at("/paths/~1api~1v1~1orders/post/responses");
    for (String code :
        List.of(
            "order-unknown",
            "json-malformed",
            "json-too-deep",
            "body-missing",
            "body-invalid",
            "body-too-large",
            "media-type-unsupported",
            "query-invalid",
            "origin-refused",
            "host-refused",
            "not-acceptable",
            "headers-too-large",
            "uri-too-long",
            "internal-error",
            "stopping",
            "request-timeout",
            "unauthenticated",
            "forbidden")) {
      assertThat(place.toString()).contains("#/components/examples/" + code + "\"");
    }
    assertThat(
            place
                .at("/404/content/application~1problem+json/schema/allOf/1/properties/code/enum/0")
                .stringValue())
        .isEqualTo("order-unknown");
    var reference = Client.json(client.get("/api/problems"));
    var codes =
        reference.path("items").valueStream().map(item -> item.path("code").stringValue()).toList();
    assertThat(codes)
        .contains("order-unknown")
        .containsAll(HttpProblems.all().stream().map(ProblemType::code).toList())
        .doesNotHaveDuplicates();
    assertThat(document.at("/components/examples").propertyStream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrderElementsOf(codes);
    assertThat(EndpointCheck.codes(TestApi.all())).contains("order-unknown", "internal-error");
  }

  @Test
  void takesTheBodyThatIsAbsent() throws Exception {
    assertThat(client.post("/api/v1/maybe", "").body()).contains("none");
    assertThat(client.post("/api/v1/maybe", "{\"item\":\"b\",\"count\":2}").body())
        .contains("\"b\"");
    assertThat(
            client
                .send(
                    client
                        .to("/api/v1/maybe")
                        .POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
                .body())
        .contains("none");
  }

  @Test
  void provesExamplesAgainstTheirSchemas() {
    assertThat(
            EndpointCheck.complaints(
                List.of(TestApi.place(), TestApi.list(), TestApi.find(), optional(), stream()),
                Json.mapper()))
        .isEmpty();
    var wrong =
        Endpoint.post("/api/v1/wrong")
            .summary("x")
            .query(Deep.class)
            .body(Wrong.class, new Wrong(6))
            .answers(200, Wrong.class, null)
            .handle(_ -> Reply.noContent());
    assertThat(EndpointCheck.complaints(List.of(wrong), Json.mapper()))
        .hasSize(4)
        .anyMatch(c -> c.contains("no tag"))
        .anyMatch(c -> c.contains("Deep.list"))
        .anyMatch(c -> c.contains("must be a whole number of 5 or less"))
        .anyMatch(c -> c.contains("200 is missing"));
    var bad =
        Endpoint.post("/api/v1/wrong")
            .summary("x")
            .body(BadDefault.class, new BadDefault(6))
            .answersEmpty(204)
            .handle(_ -> Reply.noContent());
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> EndpointCheck.complaints(List.of(bad), Json.mapper()))
        .hasMessageContaining("the default 'x' of");
  }

  @Test
  void isReadWithTheEtagAndCompressed() throws Exception {
    var answer = client.sendForBytes(client.to("/openapi.json").header("Accept-Encoding", "br"));
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("br");
    assertThat(
            client
                .get(
                    "/openapi.json",
                    "If-None-Match",
                    answer.headers().firstValue("ETag").orElseThrow())
                .statusCode())
        .isEqualTo(304);
  }
}
