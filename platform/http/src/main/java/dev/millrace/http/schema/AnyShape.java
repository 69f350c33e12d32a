package dev.millrace.http.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/** Any JSON, or any JSON of one kind, kept as a tree. */
enum AnyShape implements Shape {
  VALUE,
  OBJECT,
  ARRAY;

  @Override
  public @Nullable Object read(Reading in) {
    boolean fits =
        switch (this) {
          case VALUE -> true;
          case OBJECT -> in.token() == JsonToken.START_OBJECT;
          case ARRAY -> in.token() == JsonToken.START_ARRAY;
        };
    return fits ? in.parser().readValueAsTree() : in.wrongType(this);
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    return switch (this) {
      case VALUE -> definitions.empty();
      case OBJECT -> definitions.typed("object").put("additionalProperties", true);
      case ARRAY -> definitions.typed("array");
    };
  }

  @Override
  public String wanted() {
    return switch (this) {
      case VALUE -> "any JSON";
      case OBJECT -> "an object";
      case ARRAY -> "a list";
    };
  }
}
