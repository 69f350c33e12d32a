package dev.millrace.http.schema;

import org.jspecify.annotations.Nullable;

/** A shape that a query parameter can have too: one value without structure. */
sealed interface Scalar extends Shape
    permits BoolShape, EnumShape, NumberShape, ParsedShape, TextShape, WholeShape {

  /** Reads the value from the text of a query parameter. */
  @Nullable Object parse(String text, Reading in);
}
