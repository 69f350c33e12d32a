package dev.millrace.outbound;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known about a part file, kept in JSON beside it so that another process can go on.
 *
 * @param url for people: without its query; the file's name identifies the whole URL
 * @param etag of the content the bytes belong to
 * @param lastModified likewise
 * @param contentType as the server said
 * @param total size of the whole, or -1 if the server did not say
 * @param validated leading bytes that were forced to disk
 * @param boot the boot of the machine that wrote them: within it, all written bytes can be trusted
 *     even after the process was killed; null if it cannot be told
 */
record PartState(
    String url,
    @Nullable String etag,
    @Nullable String lastModified,
    @Nullable String contentType,
    long total,
    long validated,
    @Nullable String boot) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** What may stand in If-Range: a strong ETag, else a date; null if the rest cannot be asked. */
  @Nullable String rangeValidator() {
    return etag != null && !etag.startsWith("W/") ? etag : lastModified;
  }

  PartState withValidated(long bytes) {
    return new PartState(url, etag, lastModified, contentType, total, bytes, boot);
  }

  PartState withTotal(long bytes) {
    return new PartState(url, etag, lastModified, contentType, bytes, validated, boot);
  }

  byte[] toJson() {
    return JSON.writeValueAsBytes(this);
  }

  /** Null if these bytes are not a whole state, as after a crash while it was written. */
  static @Nullable PartState fromJson(byte[] json) {
    try {
      return JSON.readValue(json, PartState.class);
    } catch (JacksonException torn) {
      return null;
    }
  }
}
