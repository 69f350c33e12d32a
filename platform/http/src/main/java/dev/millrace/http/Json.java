package dev.millrace.http;

import dev.millrace.http.schema.WireNames;
import dev.millrace.store.JsonBuffers;
import dev.millrace.store.Position;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategy;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * JSON as it is on the wire: properties in the order of the record's components, instants and
 * durations in ISO-8601, constants of enums in lower case with hyphens, positions as tokens,
 * unknown and repeated properties refused, nesting at most {@value #MAX_DEPTH} deep.
 */
public final class Json {
  /** The deepest nesting that is read. */
  public static final int MAX_DEPTH = 100;

  private static final class Holder {
    static final JsonMapper MAPPER = builder().build();
  }

  private Json() {}

  /** The shared mapper; immutable and thread-safe. */
  public static JsonMapper mapper() {
    return Holder.MAPPER;
  }

  /** The same settings, for a mapper with more modules. */
  public static JsonMapper.Builder builder() {
    var constraints = StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
    JsonFactory factory =
        JsonFactory.builder()
            .recyclerPool(JsonBuffers.POOL)
            .streamReadConstraints(constraints)
            .build();
    return JsonMapper.builder(factory)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enumNamingStrategy(new WireNaming())
        .addModule(positions());
  }

  private static JacksonModule positions() {
    return new SimpleModule("millrace")
        .addSerializer(Position.class, new ToStringSerializer(Position.class))
        .addDeserializer(Position.class, new PositionReader());
  }

  private static final class PositionReader extends StdScalarDeserializer<Position> {
    PositionReader() {
      super(Position.class);
    }

    @Override
    public Position deserialize(JsonParser parser, DeserializationContext context) {
      try {
        return Position.parse(parser.getString());
      } catch (IllegalArgumentException refused) {
        return context.reportInputMismatch(Position.class, "%s", refused.getMessage());
      }
    }
  }

  private static final class WireNaming implements EnumNamingStrategy {
    @Override
    public String convertEnumToExternalName(
        MapperConfig<?> config, AnnotatedClass type, String enumName) {
      return WireNames.of(enumName);
    }
  }
}
