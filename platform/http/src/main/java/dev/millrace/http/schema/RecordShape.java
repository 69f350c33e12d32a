package dev.millrace.http.schema;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An object with the components of a record as its properties, and no others. */
final class RecordShape implements Shape {
  /**
   * One component.
   *
   * @param value stands for an absent or null property; null if there is none
   * @param wrapped whether the component is an {@link Optional}
   */
  record Field(
      String name,
      Shape shape,
      boolean required,
      boolean wrapped,
      @Nullable Object value,
      String doc,
      @Nullable String shownDefault) {}

  /**
   * A component that is a record whose fields stand beside the others.
   *
   * @param at which component it is
   */
  record Part(int at, RecordShape shape) {}

  private final Class<?> type;
  private final String key;
  private final String name;
  private final Constructor<?> constructor;
  private volatile @Nullable MethodHandle maker;
  private final String doc;
  private List<Field> fields = List.of();
  private List<Part> parts = List.of();
  private Map<String, Integer> index = Map.of();

  /**
   * @param key the type with its arguments, the same for every shape of it
   * @param name what it is called where only few types are: {@code TaskItemPage}
   */
  RecordShape(Class<?> type, String key, String name, Constructor<?> constructor, String doc) {
    this.type = type;
    this.key = key;
    this.name = name;
    this.constructor = constructor;
    this.doc = doc;
  }

  /** Ends the building; separate from the constructor because a record may contain itself. */
  void fields(List<Field> fields, List<Part> parts) {
    this.parts = List.copyOf(parts);
    Map<String, Integer> places = new LinkedHashMap<>();
    fields.forEach(field -> places.put(field.name(), places.size()));
    this.fields = List.copyOf(fields);
    this.index = places;
  }

  List<Field> fields() {
    return fields;
  }

  Class<?> type() {
    return type;
  }

  @Override
  public @Nullable Object read(Reading in) {
    if (in.token() != JsonToken.START_OBJECT) {
      return in.wrongType(this);
    }
    int faults = in.faults().count();
    var values = new @Nullable Object[fields.size()];
    var seen = new boolean[values.length];
    JsonParser parser = in.parser();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
      Integer at = index.get(name);
      if (at == null || seen[at]) {
        in.fault(
            at == null ? unknown(name) : "is given twice", at == null ? "unknown" : "duplicate");
        parser.skipChildren();
        continue;
      }
      seen[at] = !isNull;
      if (!isNull) {
        values[at] = fields.get(at).shape().read(in);
      } else if (fields.get(at).required()) {
        seen[at] = true;
        in.fault("must be " + fields.get(at).shape().wanted() + ", not null", "required");
      }
    }
    return complete(values, seen, faults, in);
  }

  /** Fills in defaults, notes what is missing, and makes the record if nothing is wrong. */
  @Nullable Object complete(@Nullable Object[] values, boolean[] seen, int faults, Reading in) {
    for (int i = 0; i < values.length; i++) {
      Field field = fields.get(i);
      if (!seen[i]) {
        values[i] = field.value();
        if (field.required()) {
          in.faultAt(field.name(), "is required: " + field.shape().wanted(), "required");
        }
      } else if (field.wrapped() && values[i] != null) {
        values[i] = Optional.of(values[i]);
      }
    }
    return in.faults().count() == faults ? make(values, in) : null;
  }

  private @Nullable Object make(@Nullable Object[] values, Reading in) {
    @Nullable Object[] components = components(values, in);
    MethodHandle linked = linked();
    try {
      return (Object) linked.invokeExact(components);
    } catch (IllegalArgumentException refused) {
      in.fault(String.valueOf(refused.getMessage()), "invalid");
      return null;
    } catch (Throwable thrown) {
      throw new IllegalStateException(type.getName() + " could not be made", thrown);
    }
  }

  /** Linked when the first record is made, which a start does not pay for. */
  private MethodHandle linked() {
    MethodHandle linked = maker;
    if (linked == null) {
      try {
        linked =
            MethodHandles.lookup()
                .unreflectConstructor(constructor)
                .asSpreader(Object[].class, constructor.getParameterCount())
                .asType(MethodType.methodType(Object.class, Object[].class));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("a bug: cannot make " + type.getName(), e);
      }
      maker = linked;
    }
    return linked;
  }

  /** One value for each component, of those that were read for each field. */
  private @Nullable Object[] components(@Nullable Object[] values, Reading in) {
    if (parts.isEmpty()) {
      return values;
    }
    var components = new @Nullable Object[constructor.getParameterCount()];
    int from = 0;
    int next = 0;
    for (int at = 0; at < components.length; at++) {
      if (next < parts.size() && parts.get(next).at() == at) {
        RecordShape shape = parts.get(next++).shape();
        int to = from + shape.fields.size();
        components[at] = shape.make(Arrays.copyOfRange(values, from, to), in);
        from = to;
      } else {
        components[at] = values[from++];
      }
    }
    return components;
  }

  String key() {
    return key;
  }

  String name() {
    return name;
  }

  String unknown(String name) {
    String nearest =
        Nearest.to(name, index.keySet()).map(known -> "did you mean '" + known + "'? ").orElse("");
    String known = index.isEmpty() ? "nothing" : String.join(", ", index.keySet());
    return Quoted.of(name) + " is not known here; " + nearest + "Known: " + known;
  }

  @Override
  public ObjectNode describe(Definitions definitions) {
    return definitions.refer(type, this);
  }

  /** The whole schema, for the definitions. */
  ObjectNode describeInFull(Definitions definitions) {
    ObjectNode node = definitions.typed("object");
    if (!doc.isEmpty()) {
      node.put("description", doc);
    }
    ObjectNode properties = node.putObject("properties");
    fields.forEach(field -> properties.set(field.name(), describe(field, definitions)));
    ArrayNode required = definitions.array();
    fields.stream().filter(Field::required).forEach(field -> required.add(field.name()));
    if (!required.isEmpty()) {
      node.set("required", required);
    }
    return node.put("additionalProperties", false);
  }

  static ObjectNode describe(Field field, Definitions definitions) {
    ObjectNode schema = field.shape().describe(definitions);
    if (!field.required()) {
      schema = definitions.orNull(schema);
    }
    if (!field.doc().isEmpty()) {
      schema.put("description", field.doc());
    }
    if (field.shownDefault() != null && field.value() != null) {
      schema.set("default", definitions.tree(field.value()));
    }
    return schema;
  }

  @Override
  public String wanted() {
    return "an object";
  }
}
