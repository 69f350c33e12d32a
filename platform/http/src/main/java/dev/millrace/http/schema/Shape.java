package dev.millrace.http.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shape of one JSON value: reads it, checks it and describes it. Immutable once built.
 *
 * <p>Reading never throws for a wrong value: it notes a fault, leaves the parser on the value's
 * last token and returns null, so that one pass finds all faults.
 */
sealed interface Shape
    permits Scalar,
        AnyShape,
        BoundShape,
        ListShape,
        MapShape,
        RecordShape,
        UnionShape,
        WrittenShape {

  /** Reads the value whose first token is current. */
  @Nullable Object read(Reading in);

  /** The JSON Schema of the value; records are referred to and described in {@code definitions}. */
  ObjectNode describe(Definitions definitions);

  /** What is wanted, to complete "must be …". */
  String wanted();
}
