package dev.millrace.http.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/** An object with free names and values of one shape. */
record MapShape(Shape value, int min, int max) implements Shape {

  @Override
  public @Nullable Object read(Reading in) {
    JsonParser parser = in.parser();
    if (in.token() != JsonToken.START_OBJECT) {
      return in.wrongType(this);
    }
    int faults = in.faults().count();
    Map<String, Object> values = new LinkedHashMap<>();
    int count = 0;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (++count > max) {
        parser.skipChildren();
        continue;
      }
      Object read = value.read(in);
      if (read != null && values.put(name, read) != null) {
        in.fault("is given twice", "duplicate");
      }
    }
    if (count > max) {
      in.fault("must have at most " + max + " entries, not " + count, "too-many");
    } else if (count < min) {
      in.fault("must have at least " + min + " entries, not " + count, "too-few");
    }
    return in.faults().count() == faults ? Collections.unmodifiableMap(values) : null;
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    ObjectNode node = definitions.typed("object");
    node.set("additionalProperties", value.describe(definitions));
    if (min > 0) {
      node.put("minProperties", min);
    }
    if (max < Integer.MAX_VALUE) {
      node.put("maxProperties", max);
    }
    return node;
  }

  @Override
  public String wanted() {
    return "an object";
  }
}
