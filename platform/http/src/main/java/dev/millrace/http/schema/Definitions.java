package dev.millrace.http.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The named schemas of one document, each described once. Not thread-safe.
 *
 * <p>Names are the simple names of the records, behind those of their arguments; a second record of
 * the same simple name gets its enclosing type or the last part of its package in front.
 */
public final class Definitions {
  private final ObjectMapper mapper;
  private final String prefix;
  private final Map<String, Class<?>> owners = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final ObjectNode schemas;

  /**
   * Starts an empty set.
   *
   * @param prefix what a reference starts with, such as {@code #/components/schemas/}
   */
  public Definitions(ObjectMapper mapper, String prefix) {
    this.mapper = mapper;
    this.prefix = prefix;
    this.schemas = mapper.createObjectNode();
  }

  /** All schemas so far by name. */
  public ObjectNode schemas() {
    return schemas;
  }

  ObjectNode refer(Class<?> type, RecordShape shape) {
    String known = names.get(shape.key());
    if (known != null) {
      return empty().put("$ref", prefix + known);
    }
    String name = freeName(type, shape.name());
    owners.put(name, type);
    names.put(shape.key(), name);
    // The place is taken before the description, so that a record that contains itself ends.
    schemas.set(name, empty());
    schemas.set(name, shape.describeInFull(this));
    return empty().put("$ref", prefix + name);
  }

  private String freeName(Class<?> type, String name) {
    if (!owners.containsKey(name)) {
      return name;
    }
    Class<?> outer = type.getEnclosingClass();
    String packageName = type.getPackageName();
    String before =
        outer != null
            ? outer.getSimpleName()
            : packageName.substring(packageName.lastIndexOf('.') + 1);
    String longer =
        before.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + before.substring(1) + name;
    String free = longer;
    for (int i = 2; owners.containsKey(free); i++) {
      free = longer + i;
    }
    return free;
  }

  ObjectNode typed(String type) {
    return empty().put("type", type);
  }

  ObjectNode empty() {
    return mapper.createObjectNode();
  }

  ArrayNode array() {
    return mapper.createArrayNode();
  }

  JsonNode tree(Object value) {
    return mapper.valueToTree(value);
  }

  /** The same schema, with null allowed too. */
  ObjectNode orNull(ObjectNode schema) {
    JsonNode type = schema.get("type");
    if (type != null && type.isString()) {
      schema.set("type", array().add(type.stringValue()).add("null"));
      if (schema.get("enum") instanceof ArrayNode choices) {
        choices.addNull();
      }
      return schema;
    }
    if (schema.isEmpty()) {
      return schema;
    }
    ObjectNode either = empty();
    either.putArray("anyOf").add(schema).add(typed("null"));
    return either;
  }
}
