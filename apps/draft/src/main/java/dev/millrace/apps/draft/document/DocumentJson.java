package dev.millrace.apps.draft.document;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as drafts need it: nothing that was read is lost when it is written. Numbers keep their
 * digits (30.0 stays 30.0, and a long stays a long), fields keep their order, and a field that
 * stands twice is refused, because one of the two would be lost. Thread-safe.
 */
public final class DocumentJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private DocumentJson() {}

  /**
   * Reads one document.
   *
   * @throws JacksonException if it is none
   */
  public static JsonNode read(byte[] document) {
    return JSON.readTree(document);
  }

  /** The same, of a document that is kept as a string within another. */
  public static JsonNode read(String document) {
    return JSON.readTree(document);
  }

  /** Writes a document as UTF-8, with every character as it stands. */
  public static byte[] bytes(JsonNode document) {
    return JSON.writeValueAsBytes(document);
  }

  /** Writes a document that is kept as a string within another. */
  static String text(JsonNode document) {
    return JSON.writeValueAsString(document);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
