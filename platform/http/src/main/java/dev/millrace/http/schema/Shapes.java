package dev.millrace.http.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.millrace.store.Position;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds shapes from types. Not thread-safe; one for each {@link Schema}. */
final class Shapes {
  private static final Map<Class<?>, ParsedShape> PARSED =
      Map.ofEntries(
          parsed(
              Instant.class,
              "date-time",
              "an instant such as 2026-11-22T02:00:00Z",
              Instant::parse),
          parsed(Duration.class, "duration", "a duration such as PT5S or PT1H30M", Duration::parse),
          parsed(LocalDate.class, "date", "a date such as 2026-11-22", LocalDate::parse),
          parsed(LocalTime.class, "time", "a time of day such as 08:30:00", LocalTime::parse),
          parsed(
              LocalDateTime.class,
              "local-date-time",
              "a local time such as 2026-11-22T08:30:00",
              LocalDateTime::parse),
          parsed(ZoneId.class, "time-zone", "a time zone such as Europe/Berlin", ZoneId::of),
          parsed(Position.class, "position", "a position as an answer gave it", Position::parse),
          parsed(
              UUID.class,
              "uuid",
              "a UUID such as 0192f0c1-5d2e-7c3a-8f00-5b1d2c3e4f50",
              Shapes::uuid),
          parsed(URI.class, "uri", "an address such as https://example.org/a", URI::create),
          parsed(byte[].class, "byte", "bytes in Base64", Base64.getDecoder()::decode));

  private final ObjectMapper mapper;
  private final Map<String, RecordShape> records = new HashMap<>();

  Shapes(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  private static <T> Map.Entry<Class<?>, ParsedShape> parsed(
      Class<T> type, String format, String wanted, Function<String, ? extends T> parser) {
    return Map.entry(type, new ParsedShape(format, wanted, parser::apply));
  }

  private static UUID uuid(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException("a UUID has 36 characters");
    }
    return UUID.fromString(text);
  }

  Shape of(Type type) {
    return of(type, Limits.NONE, Map.of());
  }

  private Shape of(Type type, Limits limits, Map<TypeVariable<?>, Type> bindings) {
    return switch (type) {
      case Class<?> c -> ofClass(c, type, limits, bindings);
      case ParameterizedType p -> ofClass((Class<?>) p.getRawType(), p, limits, bindings);
      case TypeVariable<?> v when bindings.containsKey(v) -> of(bindings.get(v), limits, bindings);
      case WildcardType w -> of(w.getUpperBounds()[0], limits, bindings);
      default -> new BoundShape(mapper.constructType(type));
    };
  }

  private Shape ofClass(
      Class<?> raw, Type type, Limits limits, Map<TypeVariable<?>, Type> bindings) {
    if (raw == String.class || raw == CharSequence.class) {
      return limits.text();
    } else if (raw == int.class
        || raw == Integer.class
        || raw == short.class
        || raw == Short.class) {
      return limits.whole(true);
    } else if (raw == long.class || raw == Long.class) {
      return limits.whole(false);
    } else if (raw == double.class || raw == Double.class || raw == BigDecimal.class) {
      return limits.number(raw == BigDecimal.class);
    } else if (raw == boolean.class || raw == Boolean.class) {
      return new BoolShape();
    } else if (raw.isEnum()) {
      return new EnumShape(raw);
    } else if (PARSED.containsKey(raw)) {
      return requireNonNull(PARSED.get(raw));
    } else if (raw == JsonNode.class || raw == Object.class) {
      return AnyShape.VALUE;
    } else if (raw == ObjectNode.class) {
      return AnyShape.OBJECT;
    } else if (raw == ArrayNode.class) {
      return AnyShape.ARRAY;
    }
    return ofCompound(raw, type, limits, bindings);
  }

  private Shape ofCompound(
      Class<?> raw, Type type, Limits limits, Map<TypeVariable<?>, Type> bindings) {
    if (Collection.class.isAssignableFrom(raw) && type instanceof ParameterizedType p) {
      Shape element = of(p.getActualTypeArguments()[0], limits.ofElements(), bindings);
      return limits.list(element, Set.class.isAssignableFrom(raw));
    } else if (Map.class.isAssignableFrom(raw) && type instanceof ParameterizedType p) {
      return limits.map(of(p.getActualTypeArguments()[1], limits.ofElements(), bindings));
    } else if (raw == Optional.class && type instanceof ParameterizedType p) {
      return of(p.getActualTypeArguments()[0], limits, bindings);
    }
    Optional<Method> value =
        Arrays.stream(raw.getMethods())
            .filter(m -> m.isAnnotationPresent(JsonValue.class))
            .findAny();
    if (value.isPresent()) {
      return new WrittenShape(
          of(value.get().getGenericReturnType(), limits, bindings), bound(type));
    } else if (raw.isRecord()) {
      return ofRecord(raw, type, bindings);
    } else if (raw.isSealed() && raw.isAnnotationPresent(JsonTypeInfo.class)) {
      return ofUnion(raw, type);
    }
    return bound(type);
  }

  private BoundShape bound(Type type) {
    return new BoundShape(mapper.constructType(type));
  }

  private Shape ofUnion(Class<?> raw, Type type) {
    JsonTypeInfo info = raw.getAnnotation(JsonTypeInfo.class);
    String property =
        info.property().isEmpty() ? info.use().getDefaultPropertyName() : info.property();
    var union = new UnionShape(bound(type), property);
    JsonSubTypes named = raw.getAnnotation(JsonSubTypes.class);
    if (named != null) {
      for (JsonSubTypes.Type variant : named.value()) {
        if (of(variant.value()) instanceof RecordShape shape) {
          union.add(variant.name(), shape);
        }
      }
    }
    return union;
  }

  private RecordShape ofRecord(Class<?> raw, Type type, Map<TypeVariable<?>, Type> outer) {
    Map<TypeVariable<?>, Type> bindings = new HashMap<>(outer);
    var key = new StringBuilder(raw.getName());
    var name = new StringBuilder();
    if (type instanceof ParameterizedType p) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        Type argument = p.getActualTypeArguments()[i];
        bindings.put(
            variables[i],
            argument instanceof TypeVariable<?> v ? outer.getOrDefault(v, v) : argument);
        key.append('<').append(bindings.get(variables[i]));
        if (bindings.get(variables[i]) instanceof Class<?> of) {
          name.append(of.getSimpleName());
        }
      }
    }
    RecordShape known = records.get(key.toString());
    if (known != null) {
      return known;
    }
    var shape =
        new RecordShape(
            raw,
            key.toString(),
            name.append(raw.getSimpleName()).toString(),
            canonical(raw),
            doc(raw));
    records.put(key.toString(), shape);
    List<RecordShape.Field> fields = new ArrayList<>();
    List<RecordShape.Part> parts = new ArrayList<>();
    RecordComponent[] components = raw.getRecordComponents();
    for (int at = 0; at < components.length; at++) {
      // Its target leaves out components, so it stands on what the compiler makes of them.
      if (components[at].getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        Class<?> part = components[at].getType();
        RecordShape inner = ofRecord(part, part, bindings);
        parts.add(new RecordShape.Part(at, inner));
        fields.addAll(inner.fields());
      } else {
        fields.add(field(components[at], bindings));
      }
    }
    shape.fields(fields, parts);
    return shape;
  }

  private static Constructor<?> canonical(Class<?> raw) {
    Class<?>[] types =
        Arrays.stream(raw.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = raw.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(
          "a bug: " + raw + " has no canonical constructor", impossible);
    }
  }

  private RecordShape.Field field(RecordComponent component, Map<TypeVariable<?>, Type> bindings) {
    Shape shape = of(component.getGenericType(), Limits.of(component), bindings);
    boolean wrapped = component.getType() == Optional.class;
    Default given = component.getAnnotation(Default.class);
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    Object value =
        wrapped ? Optional.empty() : given == null ? null : defaultOf(component, shape, given);
    return new RecordShape.Field(
        component.getName(),
        shape,
        !wrapped && !nullable && given == null,
        wrapped,
        value,
        doc(component),
        given == null ? null : given.value());
  }

  private Object defaultOf(RecordComponent component, Shape shape, Default given) {
    var reader = mapper.reader();
    var in = new Reading(null, reader);
    in.parameter(component.getName());
    Object value;
    if (shape instanceof Scalar scalar) {
      value = scalar.parse(given.value(), in);
    } else {
      try (var parser = reader.createParser(given.value())) {
        in = new Reading(parser, reader);
        parser.nextToken();
        value = shape.read(in);
      }
    }
    if (value == null) {
      throw new IllegalArgumentException(
          "the default '"
              + given.value()
              + "' of "
              + component.getDeclaringRecord().getName()
              + "."
              + component.getName()
              + " is wrong: "
              + in.faults().list());
    }
    return value;
  }

  private static String doc(AnnotatedElement element) {
    Doc doc = element.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }
}
