package dev.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EndpointsTest {
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
  void readsTheBodyIntoItsRecord() throws Exception {
    var answer =
        client.post(
            "/api/v1/orders", "{\"customer\":\"Ada\",\"lines\":[{\"item\":\"pen\",\"count\":2}]}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(Client.json(answer).path("id").stringValue()).isEqualTo("Ada");
  }

  @Test
  void namesEveryWrongPlaceAtOnce() throws Exception {
    var answer =
        client.post(
            "/api/v1/orders",
            """
            {"custommer": "Ada", "lines": [{"item": "", "count": 100}, {"item": 5}, 7],
             "colour": "dark_blue", "delay": "soon", "weight": 2, "code": "ABC", "tags": {"a": 1}}
            """);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Client.json(answer);
    assertThat(problem.path("code").stringValue()).isEqualTo("body-invalid");
    assertThat(
            problem
                .path("errors")
                .valueStream()
                .map(e -> e.path("pointer").stringValue() + " " + e.path("code").stringValue()))
        .containsExactlyInAnyOrder(
            "/custommer unknown",
            "/customer required",
            "/lines/0/item too-short",
            "/lines/0/count range",
            "/lines/1/item type",
            "/lines/1/count required",
            "/lines/2 type",
            "/colour choice",
            "/delay format",
            "/weight range",
            "/code pattern",
            "/tags/a type");
    assertThat(answer.body())
        .contains("did you mean 'customer'?")
        .contains("did you mean 'dark-blue'?");
  }
}
