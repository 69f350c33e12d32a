package dev.millrace.http.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectReader;

/** One pass over one body or query: the parser, if there is one, and the faults so far. */
final class Reading {
  private final @Nullable JsonParser parser;
  private final ObjectReader reader;
  private final Faults faults = new Faults();
  private String parameter = "";

  Reading(@Nullable JsonParser parser, ObjectReader reader) {
    this.parser = parser;
    this.reader = reader;
  }

  JsonParser parser() {
    if (parser == null) {
      throw new IllegalStateException("a bug: a query parameter was read as JSON");
    }
    return parser;
  }

  ObjectReader reader() {
    return reader;
  }

  JsonToken token() {
    return parser().currentToken();
  }

  Faults faults() {
    return faults;
  }

  /** Names the query parameter that the next faults are about. */
  void parameter(String name) {
    parameter = "?" + name;
  }

  /** Notes a fault of the current value. */
  void fault(String detail, String code) {
    faults.add(pointer(), detail, code);
  }

  /** Notes a fault of a property of the object that was just left. */
  void faultAt(String property, String detail, String code) {
    String name =
        parser == null
            ? "?" + property
            : pointer() + JsonPointer.empty().appendProperty(property).toString();
    faults.add(name, detail, code);
  }

  private String pointer() {
    return parser == null ? parameter : parser.streamReadContext().pathAsPointer().toString();
  }

  /** Notes that the current value has the wrong type, passes over it and returns null. */
  @Nullable Object wrongType(Shape shape) {
    fault("must be " + shape.wanted() + ", not " + found(), "type");
    parser().skipChildren();
    return null;
  }

  private String found() {
    return switch (token()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "the text " + Quoted.of(parser().getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + Quoted.cut(parser().getString());
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> "null";
      default -> "nothing";
    };
  }
}
