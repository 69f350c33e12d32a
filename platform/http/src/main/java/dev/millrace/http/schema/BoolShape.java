package dev.millrace.http.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** True or false. */
record BoolShape() implements Scalar {

  @Override
  public @Nullable Object read(Reading in) {
    return switch (in.token()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> in.wrongType(this);
    };
  }

  @Override
  public @Nullable Object parse(String text, Reading in) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        in.fault("must be " + wanted() + ", not " + Quoted.of(text), "type");
        yield null;
      }
    };
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    return definitions.typed("boolean");
  }

  @Override
  public String wanted() {
    return "true or false";
  }
}
