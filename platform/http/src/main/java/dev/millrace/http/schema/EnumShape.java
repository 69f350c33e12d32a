package dev.millrace.http.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One of a closed set of words: the constants of an enum in lower case with hyphens. */
final class EnumShape implements Scalar {
  private final Map<String, Object> constants = new LinkedHashMap<>();

  EnumShape(Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      constants.put(WireNames.of((Enum<?>) constant), constant);
    }
  }

  @Override
  public @Nullable Object read(Reading in) {
    return in.token() == JsonToken.VALUE_STRING
        ? parse(in.parser().getString(), in)
        : in.wrongType(this);
  }

  @Override
  public @Nullable Object parse(String text, Reading in) {
    Object constant = constants.get(text);
    if (constant == null) {
      Optional<String> nearest = Nearest.to(text, constants.keySet());
      in.fault(
          "must be "
              + wanted()
              + ", not "
              + Quoted.of(text)
              + nearest.map(name -> "; did you mean '" + name + "'?").orElse(""),
          "choice");
    }
    return constant;
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    ObjectNode node = definitions.typed("string");
    ArrayNode names = node.putArray("enum");
    constants.keySet().forEach(names::add);
    return node;
  }

  @Override
  public String wanted() {
    return "one of " + String.join(", ", constants.keySet());
  }
}
