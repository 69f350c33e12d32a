package dev.millrace.http.schema;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A number with decimals within limits, read as a {@code double} or exactly. */
record NumberShape(boolean exact, double min, double max) implements Scalar {

  @Override
  public @Nullable Object read(Reading in) {
    return switch (in.token()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parse(in.parser().getString(), in);
      default -> in.wrongType(this);
    };
  }

  @Override
  public @Nullable Object parse(String text, Reading in) {
    try {
      double value = Double.parseDouble(text);
      if (!Double.isFinite(value)) {
        in.fault(
            "must be " + wanted() + " that a double can hold, not " + Quoted.cut(text), "range");
        return null;
      }
      if (value < min || value > max) {
        in.fault("must be " + wanted() + ", not " + Quoted.cut(text), "range");
        return null;
      }
      if (exact) {
        return new BigDecimal(text);
      }
      return value;
    } catch (NumberFormatException notNumber) {
      in.fault("must be " + wanted() + ", not " + Quoted.of(text), "type");
      return null;
    }
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    ObjectNode node = definitions.typed("number");
    if (!exact) {
      node.put("format", "double");
    }
    if (Double.isFinite(min)) {
      node.put("minimum", BigDecimal.valueOf(min).stripTrailingZeros());
    }
    if (Double.isFinite(max)) {
      node.put("maximum", BigDecimal.valueOf(max).stripTrailingZeros());
    }
    return node;
  }

  @Override
  public String wanted() {
    String from = Double.isFinite(min) ? " from " + shown(min) : "";
    String to = Double.isFinite(max) ? " to " + shown(max) : "";
    return "a number" + from + to;
  }

  private static String shown(double limit) {
    return BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
  }
}
