package dev.millrace.tasks.workflow;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Inputs with places for values: a text that is nothing but <code>{{path}}</code> becomes the value
 * itself, within a longer text its words. A path that leads nowhere is null.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([\\w.-]{1,200})\\s*}}");

  private Template() {}

  /** The path of a text that is nothing but a place. */
  static Optional<String> pathOf(String text) {
    Matcher matcher = PLACE.matcher(text.strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  static JsonNode filled(JsonNode template, JsonNode values) {
    return switch (template) {
      case ObjectNode object -> {
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          filled.set(field.getKey(), filled(field.getValue(), values));
        }
        yield filled;
      }
      case ArrayNode array -> {
        ArrayNode filled = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> filled.add(filled(element, values)));
        yield filled;
      }
      default -> template.isString() ? text(template.stringValue(), values) : template;
    };
  }

  private static JsonNode text(String text, JsonNode values) {
    Optional<String> path = pathOf(text);
    if (path.isPresent()) {
      return value(path.get(), values);
    }
    Matcher places = PLACE.matcher(text);
    return JsonNodeFactory.instance.stringNode(
        places.replaceAll(place -> {
          JsonNode value = value(place.group(1), values);
          return Matcher.quoteReplacement(
              value.isNull() ? "" : value.isString() ? value.stringValue() : value.toString());
        }));
  }

  /** The value at a dotted path; null if it leads nowhere. */
  static JsonNode value(String path, JsonNode values) {
    JsonNode at = values;
    for (String name : path.split("\\.", -1)) {
      at =
          at.isArray() && name.matches("\\d{1,6}")
              ? at.path(Integer.parseInt(name))
              : at.path(name);
    }
    return at.isMissingNode() ? JsonNodeFactory.instance.nullNode() : at;
  }
}
