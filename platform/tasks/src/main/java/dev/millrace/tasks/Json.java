package dev.millrace.tasks;

import dev.millrace.store.JsonBuffers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON mapper of tasks. Thread-safe. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().recyclerPool(JsonBuffers.POOL).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // A type is looked at when its first task comes, not when the type is registered.
          .disable(DeserializationFeature.EAGER_DESERIALIZER_FETCH)
          .disable(SerializationFeature.EAGER_SERIALIZER_FETCH)
          .build();

  private Json() {}

  /** Names the place of a failure, as a JSON pointer below {@code root}: {@code input/files/0}. */
  static String pointer(String root, JacksonException failure) {
    var pointer = new StringBuilder(root);
    for (JacksonException.Reference step : failure.getPath()) {
      pointer.append('/');
      String property = step.getPropertyName();
      pointer.append(property == null ? String.valueOf(step.getIndex()) : escape(property));
    }
    return pointer.toString();
  }

  private static String escape(String property) {
    return property.replace("~", "~0").replace("/", "~1");
  }

  static @Nullable String tags(List<String> tags) {
    return tags.isEmpty() ? null : MAPPER.writeValueAsString(tags);
  }

  static List<String> tags(@Nullable String json) {
    return json == null ? List.of() : List.of(MAPPER.readValue(json, String[].class));
  }

  static @Nullable JsonNode tree(@Nullable String json) {
    return json == null ? null : MAPPER.readTree(json);
  }
}
