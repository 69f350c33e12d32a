package dev.millrace.http.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sealed interface whose permitted types are told apart by the mapper's type property. Reading
 * goes through the mapper; the description lists the variants.
 */
final class UnionShape implements Shape {
  private final BoundShape bound;
  private final String property;
  private final Map<String, RecordShape> variants = new LinkedHashMap<>();

  UnionShape(BoundShape bound, String property) {
    this.bound = bound;
    this.property = property;
  }

  void add(String name, RecordShape variant) {
    variants.put(name, variant);
  }

  @Override
  public @Nullable Object read(Reading in) {
    return bound.read(in);
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    ObjectNode node = definitions.empty();
    var oneOf = node.putArray("oneOf");
    variants.forEach((name, shape) -> {
      ObjectNode variant = shape.describeInFull(definitions);
      variant.withObject("properties").putObject(property).put("const", name);
      variant.withArray("required").add(property);
      oneOf.add(variant);
    });
    return node;
  }

  @Override
  public String wanted() {
    return "an object with '" + property + "' one of " + String.join(", ", variants.keySet());
  }
}
