package dev.millrace.apps.crew.work;

import dev.millrace.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads what services and programs answer: an {@link Answer}, or any JSON as its outputs. */
final class AnswerReader {
  private static final JsonMapper JSON = Json.mapper();
  private static final Set<String> FIELDS =
      Set.of("conclusion", "confidence", "outputs", "metrics");

  private AnswerReader() {}

  /** A text that is no JSON becomes the output {@code text}. */
  static Answer read(String text, String conclusion) {
    if (text.isBlank()) {
      return new Answer(conclusion, 1, null, Map.of(), null);
    }
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JacksonException none) {
      json = JsonNodeFactory.instance.objectNode().put("text", text);
    }
    if (FIELDS.stream().noneMatch(json::has)) {
      return new Answer(conclusion, 1, json, Map.of(), null);
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> metric : json.path("metrics").properties()) {
      JsonNode value = metric.getValue();
      if (value.isNumber() || value.isBoolean()) {
        metrics.put(metric.getKey(), value.isNumber() ? value.doubleValue() : 1.0);
      }
    }
    return new Answer(
        json.path("conclusion").asString(conclusion),
        Math.clamp(json.path("confidence").asDouble(1), 0, 1),
        json.get("outputs"),
        metrics,
        null);
  }
}
