package dev.millrace.http.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/** A whole number within limits, for {@code int} and {@code long} components. */
record WholeShape(boolean isInt, long min, long max) implements Scalar {

  @Override
  public @Nullable Object read(Reading in) {
    JsonParser parser = in.parser();
    if (in.token() != JsonToken.VALUE_NUMBER_INT) {
      return in.wrongType(this);
    }
    return switch (parser.getNumberType()) {
      case INT -> checked(parser.getIntValue(), in);
      case LONG -> checked(parser.getLongValue(), in);
      default -> outside(parser.getString(), in);
    };
  }

  @Override
  public @Nullable Object parse(String text, Reading in) {
    try {
      return checked(Long.parseLong(text), in);
    } catch (NumberFormatException notWhole) {
      in.fault("must be " + wanted() + ", not " + Quoted.of(text), "type");
      return null;
    }
  }

  private @Nullable Object checked(long value, Reading in) {
    if (value < min || value > max) {
      return outside(Long.toString(value), in);
    }
    // No conditional expression here: it would widen the int to a long.
    if (isInt) {
      return (int) value;
    }
    return value;
  }

  private @Nullable Object outside(String value, Reading in) {
    in.fault("must be " + wanted() + ", not " + Quoted.cut(value), "range");
    return null;
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    ObjectNode node = definitions.typed("integer").put("format", isInt ? "int32" : "int64");
    if (min > least()) {
      node.put("minimum", min);
    }
    if (max < most()) {
      node.put("maximum", max);
    }
    return node;
  }

  @Override
  public String wanted() {
    boolean below = min > least();
    boolean above = max < most();
    String range =
        below && above
            ? " from " + min + " to " + max
            : below ? " of " + min + " or more" : above ? " of " + max + " or less" : "";
    return "a whole number" + range;
  }

  private long least() {
    return isInt ? Integer.MIN_VALUE : Long.MIN_VALUE;
  }

  private long most() {
    return isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
  }
}
