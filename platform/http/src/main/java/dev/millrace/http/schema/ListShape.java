package dev.millrace.http.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/** A list, or a set, of values of one shape. Elements are never null. */
record ListShape(Shape element, boolean isSet, int min, int max) implements Shape {

  @Override
  public @Nullable Object read(Reading in) {
    JsonParser parser = in.parser();
    if (in.token() != JsonToken.START_ARRAY) {
      return in.wrongType(this);
    }
    int faults = in.faults().count();
    List<Object> values = new ArrayList<>();
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      // One more than allowed is enough to know; the rest is only counted.
      if (++count > max) {
        parser.skipChildren();
        continue;
      }
      Object value = element.read(in);
      if (value != null) {
        values.add(value);
      }
    }
    checkCount(count, in);
    return in.faults().count() == faults ? collected(values, in) : null;
  }

  void checkCount(int count, Reading in) {
    if (count > max) {
      in.fault("must have at most " + max + " elements, not " + count, "too-many");
    } else if (count < min) {
      in.fault("must have at least " + min + " elements, not " + count, "too-few");
    }
  }

  @Nullable Object collected(List<Object> values, Reading in) {
    if (!isSet) {
      return List.copyOf(values);
    }
    var set = new LinkedHashSet<>(values);
    if (set.size() < values.size()) {
      in.fault("must not hold the same element twice", "duplicate");
      return null;
    }
    return java.util.Collections.unmodifiableSet(set);
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    ObjectNode node = definitions.typed("array");
    node.set("items", element.describe(definitions));
    if (isSet) {
      node.put("uniqueItems", true);
    }
    if (min > 0) {
      node.put("minItems", min);
    }
    if (max < Integer.MAX_VALUE) {
      node.put("maxItems", max);
    }
    return node;
  }

  @Override
  public String wanted() {
    return "a list";
  }
}
