package dev.millrace.http;

import dev.millrace.http.schema.Schema;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An endpoint ready to be called. Its schemas are built when the first request needs them, because
 * the reflection for all of them would show in the time to the first answer.
 */
final class Route {
  private record NoParameters() {}

  final Endpoint endpoint;
  final List<String> names;
  final long maxBody;
  final Timers timers;
  private final JsonMapper mapper;
  private volatile @Nullable Schema<?> bodySchema;
  private volatile @Nullable Schema<?> querySchema;

  Route(Endpoint endpoint, HttpConfig config, JsonMapper mapper, Timers timers) {
    this.endpoint = endpoint;
    this.mapper = mapper;
    this.timers = timers;
    this.names = namesIn(endpoint.path());
    Endpoint.Body body = endpoint.body();
    this.maxBody = body == null ? 0 : body.maxBytes() == 0 ? config.maxBody() : body.maxBytes();
  }

  /** The names between braces, in their order. */
  static List<String> namesIn(String path) {
    List<String> names = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.startsWith("{") && segment.endsWith("}")) {
        names.add(segment.substring(1, segment.length() - 1));
      }
    }
    return List.copyOf(names);
  }

  Schema<?> bodySchema(Type type) {
    Schema<?> schema = bodySchema;
    if (schema == null) {
      schema = Schema.ofType(type, mapper);
      bodySchema = schema;
    }
    return schema;
  }

  /** Of the declared record, or of one without components, which refuses every parameter. */
  Schema<?> querySchema() {
    Schema<?> schema = querySchema;
    if (schema == null) {
      Class<?> type = endpoint.query();
      schema = Schema.ofType(type == null ? NoParameters.class : type, mapper);
      querySchema = schema;
    }
    return schema;
  }

  Map<String, String> named(String[] values) {
    return switch (names.size()) {
      case 0 -> Map.of();
      case 1 -> Map.of(names.getFirst(), values[0]);
      default -> {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
          named.put(names.get(i), values[i]);
        }
        yield named;
      }
    };
  }
}
