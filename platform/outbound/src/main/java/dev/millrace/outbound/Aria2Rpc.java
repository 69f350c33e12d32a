package dev.millrace.outbound;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON-RPC of one aria2 (its manual, section RPC INTERFACE). Thread-safe. It speaks to loopback
 * alone and past every proxy.
 */
final class Aria2Rpc implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI url;
  private final String secret;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  Aria2Rpc(URI url, String secret) {
    this.url = url;
    this.secret = secret;
  }

  /** A call of a method with its parameters, without the secret. */
  record Call(String method, List<JsonNode> parameters) {}

  /** What a call came to: a value, or a code and a message. */
  sealed interface Answer {
    record Value(JsonNode json) implements Answer {}

    record Refused(int code, String message) implements Answer {}
  }

  /**
   * One call.
   *
   * @throws IOException if no answer came
   */
  Answer call(Call call) throws IOException, InterruptedException {
    JsonNode reply = send(call.method(), parameters(call));
    JsonNode error = reply.path("error");
    return error.isObject() ? refused(error) : new Answer.Value(reply.path("result"));
  }

  /** Several calls in one request, with their answers in the same order. */
  List<Answer> calls(List<Call> calls) throws IOException, InterruptedException {
    if (calls.isEmpty()) {
      return List.of();
    }
    ArrayNode list = JSON.createArrayNode();
    for (Call call : calls) {
      list.addObject().put("methodName", call.method()).set("params", parameters(call));
    }
    ArrayNode parameters = JSON.createArrayNode();
    parameters.add(list);
    JsonNode result = send("system.multicall", parameters).path("result");
    if (result.size() != calls.size()) {
      throw new IOException(
          "aria2 gave " + result.size() + " answers to " + calls.size() + " calls");
    }
    List<Answer> answers = new ArrayList<>();
    for (JsonNode each : result) {
      answers.add(each.isArray() ? new Answer.Value(each.path(0)) : refused(each));
    }
    return answers;
  }

  private ArrayNode parameters(Call call) {
    ArrayNode parameters = JSON.createArrayNode();
    parameters.add("token:" + secret);
    call.parameters().forEach(parameters::add);
    return parameters;
  }

  private JsonNode send(String method, ArrayNode parameters)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("jsonrpc", "2.0").put("id", "m").put("method", method);
    body.set("params", parameters);
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw new IOException(
          url + " answered with status " + response.statusCode() + " and no JSON; is it aria2?", e);
    }
  }

  private static Answer refused(JsonNode error) {
    return new Answer.Refused(
        error.path("code").asInt(0), error.path("message").asString("no reason given"));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
