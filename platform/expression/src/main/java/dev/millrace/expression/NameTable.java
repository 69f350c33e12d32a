package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import java.util.Map;

/**
 * The names that expressions may read.
 *
 * @param open whether names that are not declared are allowed, with a value of any type
 */
record NameTable(Map<String, ValueType> types, boolean open) {
  ValueType require(String text, Token word) {
    ValueType type = types.get(word.text());
    if (type != null) {
      return type;
    }
    if (open) {
      return ValueType.ANY;
    }
    throw new ExpressionException(
        Reason.UNKNOWN_NAME,
        text,
        word.position(),
        "there is no name " + word.shown(),
        Nearest.remedy("names", word.text(), types.keySet()));
  }
}
