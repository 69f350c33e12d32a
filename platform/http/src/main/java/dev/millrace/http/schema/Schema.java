package dev.millrace.http.schema;

import java.lang.reflect.Type;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a type says about its JSON: reads and checks it in one pass over the bytes, and describes
 * it. Immutable, thread-safe; build once, it walks the type by reflection.
 *
 * <p>A record's components are its properties. They are required unless they are {@code @Nullable},
 * an {@code Optional} or have a {@link Default}; {@link Range}, {@link Size} and {@link Pattern}
 * limit them; properties that are no component are refused. An {@link IllegalArgumentException} of
 * the compact constructor is a fault of the whole object.
 */
public final class Schema<T> {
  private final Shape shape;
  private final ObjectReader reader;

  private Schema(Shape shape, ObjectReader reader) {
    this.shape = shape;
    this.reader = reader;
  }

  /** The schema of a class. */
  public static <T> Schema<T> of(Class<T> type, ObjectMapper mapper) {
    return new Schema<>(new Shapes(mapper).of(type), mapper.reader());
  }

  /** The schema of any type, such as {@code List<Task>}. */
  public static Schema<?> ofType(Type type, ObjectMapper mapper) {
    return new Schema<>(new Shapes(mapper).of(type), mapper.reader());
  }

  /**
   * Reads one value and checks all of it.
   *
   * @throws SchemaException if it is JSON but not of this schema, with every wrong place
   * @throws JacksonException if it is no JSON, or exceeds a limit of the mapper
   */
  @SuppressWarnings("unchecked")
  public T read(byte[] json, int offset, int length) throws SchemaException {
    try (JsonParser parser = reader.createParser(json, offset, length)) {
      var in = new Reading(parser, reader);
      Object value = null;
      if (parser.nextToken() == null) {
        in.fault("is empty; it must be " + shape.wanted(), "required");
      } else {
        value = shape.read(in);
        if (parser.nextToken() != null) {
          throw new StreamReadException(parser, "There is more after the end of the value");
        }
      }
      if (value == null) {
        throw failed(in);
      }
      return (T) value;
    }
  }

  /** Reads a whole array of bytes. */
  public T read(byte[] json) throws SchemaException {
    return read(json, 0, json.length);
  }

  private static SchemaException failed(Reading in) {
    if (in.faults().count() == 0) {
      throw new IllegalStateException("a bug: nothing was read and no fault noted");
    }
    return new SchemaException(in.faults());
  }

  /**
   * Reads the components of a record from the parameters of a query. A list's parameter may be
   * repeated, or hold several elements with commas.
   *
   * @throws SchemaException if a parameter is unknown, missing or wrong, with all of them
   */
  @SuppressWarnings("unchecked")
  public T readQuery(@Nullable String query) throws SchemaException {
    RecordShape record = asRecord();
    var in = new Reading(null, reader);
    Map<String, List<String>> given = parameters(query, in);
    var values = new @Nullable Object[record.fields().size()];
    var seen = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      RecordShape.Field field = record.fields().get(i);
      List<String> texts = given.remove(field.name());
      if (texts != null) {
        seen[i] = true;
        in.parameter(field.name());
        values[i] = readParameter(field.shape(), texts, in);
      }
    }
    for (String name : given.keySet()) {
      in.parameter(name);
      in.fault(record.unknown(name), "unknown");
    }
    Object value = record.complete(values, seen, 0, in);
    if (value == null) {
      throw failed(in);
    }
    return (T) value;
  }

  private static @Nullable Object readParameter(Shape shape, List<String> texts, Reading in) {
    if (shape instanceof ListShape list && list.element() instanceof Scalar element) {
      List<Object> values = new ArrayList<>();
      int count = 0;
      for (String text : texts) {
        for (String part : text.split(",", -1)) {
          count++;
          Object value = count > list.max() ? null : element.parse(part, in);
          if (value != null) {
            values.add(value);
          }
        }
      }
      list.checkCount(count, in);
      return in.faults().count() == 0 ? list.collected(values, in) : null;
    }
    if (texts.size() > 1) {
      in.fault("is given " + texts.size() + " times; give it once", "duplicate");
      return null;
    }
    return ((Scalar) shape).parse(texts.getFirst(), in);
  }

  private static Map<String, List<String>> parameters(@Nullable String query, Reading in) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        String read = decoded(value);
        parameters.computeIfAbsent(decoded(name), _ -> new ArrayList<>(1)).add(read);
      } catch (IllegalArgumentException malformed) {
        in.parameter(name);
        in.fault("has a malformed percent escape: " + Quoted.of(value), "format");
      }
    }
    parameters.remove("");
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private RecordShape asRecord() {
    if (shape instanceof RecordShape record) {
      return record;
    }
    throw new IllegalStateException("a bug: a query is read into a record, not " + shape.wanted());
  }

  /**
   * Checks that every component of a record can stand in a query.
   *
   * @throws IllegalArgumentException naming the first that cannot
   */
  public void checkQuery() {
    for (RecordShape.Field field : asRecord().fields()) {
      Shape plain = field.shape() instanceof ListShape list ? list.element() : field.shape();
      if (!(plain instanceof Scalar)) {
        throw new IllegalArgumentException(
            asRecord().type().getName() + "." + field.name() + " cannot be a query parameter");
      }
    }
  }

  /** The JSON Schema of the type; what it refers to goes into {@code definitions}. */
  public ObjectNode describe(Definitions definitions) {
    return shape.describe(definitions);
  }

  /** A component of a record as the API document lists query parameters. */
  public interface ParameterVisitor {
    void visit(String name, String doc, boolean required, ObjectNode schema);
  }

  /** Describes each component of a record. */
  public void describeParameters(Definitions definitions, ParameterVisitor visitor) {
    for (RecordShape.Field field : asRecord().fields()) {
      ObjectNode schema = field.shape().describe(definitions);
      if (field.shownDefault() != null && field.value() != null) {
        schema.set("default", definitions.tree(field.value()));
      }
      visitor.visit(field.name(), field.doc(), field.required(), schema);
    }
  }
}
