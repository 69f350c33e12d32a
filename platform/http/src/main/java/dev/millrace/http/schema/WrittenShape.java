package dev.millrace.http.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A type that is written as one value of another: described as that one, read by the mapper. */
record WrittenShape(Shape written, BoundShape bound) implements Shape {

  @Override
  public @Nullable Object read(Reading in) {
    return bound.read(in);
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    return written.describe(definitions);
  }

  @Override
  public String wanted() {
    return written.wanted();
  }
}
