package dev.millrace.http.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/** A text, with limits of its length in characters and perhaps a pattern. */
record TextShape(int min, int max, java.util.regex.@Nullable Pattern pattern, String says)
    implements Scalar {

  @Override
  public @Nullable Object read(Reading in) {
    return in.token() == JsonToken.VALUE_STRING
        ? parse(in.parser().getString(), in)
        : in.wrongType(this);
  }

  @Override
  public @Nullable Object parse(String text, Reading in) {
    if (text.length() < min) {
      in.fault(
          min == 1
              ? "must not be empty"
              : "must have at least " + min + " characters, not " + text.length(),
          "too-short");
      return null;
    }
    if (text.length() > max) {
      in.fault("must have at most " + max + " characters, not " + text.length(), "too-long");
      return null;
    }
    if (pattern != null && !pattern.matcher(text).matches()) {
      String rule = says.isEmpty() ? "must match " + pattern : "must be " + says;
      in.fault(rule + ", not " + Quoted.of(text), "pattern");
      return null;
    }
    return text;
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    ObjectNode node = definitions.typed("string");
    if (min > 0) {
      node.put("minLength", min);
    }
    if (max < Integer.MAX_VALUE) {
      node.put("maxLength", max);
    }
    if (pattern != null) {
      node.put("pattern", "^(?:" + pattern + ")$");
    }
    return node;
  }

  @Override
  public String wanted() {
    return "a text";
  }
}
