package dev.millrace.http.schema;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/**
 * A text that a type of the JDK reads: instants, durations, dates, identifiers.
 *
 * @param format the name of the format in JSON Schema
 * @param wanted what to write, with an example
 * @param parser throws any {@link RuntimeException} when the text is none
 */
record ParsedShape(String format, String wanted, Function<String, Object> parser)
    implements Scalar {

  @Override
  public @Nullable Object read(Reading in) {
    return in.token() == JsonToken.VALUE_STRING
        ? parse(in.parser().getString(), in)
        : in.wrongType(this);
  }

  @Override
  public @Nullable Object parse(String text, Reading in) {
    try {
      return parser.apply(text);
    } catch (RuntimeException unreadable) {
      in.fault("must be " + wanted + ", not " + Quoted.of(text), "format");
      return null;
    }
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    return definitions.typed("string").put("format", format);
  }
}
