package dev.millrace.http.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A type that only the JSON mapper knows how to read; its faults are found one at a time. */
record BoundShape(JavaType type) implements Shape {

  @Override
  public @Nullable Object read(Reading in) {
    JsonNode tree = in.parser().readValueAsTree();
    try {
      return in.reader().forType(type).readValue(in.reader().treeAsTokens(tree));
    } catch (JacksonException | IllegalArgumentException refused) {
      String why =
          refused instanceof JacksonException json
              ? json.getOriginalMessage()
              : refused.getMessage();
      in.fault("must be " + wanted() + ": " + why, "type");
      return null;
    }
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    return definitions.empty().put("title", type.getRawClass().getSimpleName());
  }

  @Override
  public String wanted() {
    return "a " + type.getRawClass().getSimpleName();
  }
}
