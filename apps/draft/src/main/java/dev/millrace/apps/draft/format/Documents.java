package dev.millrace.apps.draft.format;

import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Opens the documents of a draft for writing: UTF-8, with every character as it stands. */
final class Documents {
  private static final ObjectWriter WRITER =
      JsonMapper.shared()
          .writer()
          .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .with(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8);

  private Documents() {}

  /** A generator whose end leaves {@code out} open. */
  static JsonGenerator open(OutputStream out) {
    return WRITER.createGenerator(out);
  }
}
