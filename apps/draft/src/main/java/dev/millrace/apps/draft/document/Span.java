package dev.millrace.apps.draft.document;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A {@code {start, duration}} of a segment, in microseconds. */
record Span(long start, long duration) {
  /** The one in {@code field}; null if it is missing or cannot be reckoned with. */
  static @Nullable Span of(JsonNode segment, String field) {
    JsonNode range = segment.path(field);
    return isTime(range.path("start")) && isTime(range.path("duration"))
        ? new Span(range.path("start").asLong(), range.path("duration").asLong())
        : null;
  }

  /** Twice such a time still fits a long, so that sums are safe. */
  private static boolean isTime(JsonNode value) {
    return value.isIntegralNumber()
        && value.canConvertToLong()
        && value.asLong() >= 0
        && value.asLong() < Long.MAX_VALUE / 4;
  }

  /** Where a segment plays. */
  static Span target(JsonNode segment) throws EditException {
    Span span = of(segment, "target_timerange");
    if (span == null) {
      throw new EditException(
          "",
          "draft-damaged",
          "the segment '"
              + segment.path("id").asString("")
              + "' has no target_timerange in whole microseconds; check and repair the draft"
              + " first");
    }
    return span;
  }

  long end() {
    return start + duration;
  }

  Span from(long newStart) {
    return new Span(newStart, duration);
  }

  /** Writes it to {@code field}, and leaves alone what else is there. */
  void put(ObjectNode segment, String field) {
    ObjectNode range =
        segment.get(field) instanceof ObjectNode there ? there : segment.putObject(field);
    if (range.path("start").asLong(-1) != start) {
      range.put("start", start);
    }
    if (range.path("duration").asLong(-1) != duration) {
      range.put("duration", duration);
    }
  }

  void putTarget(ObjectNode segment) {
    put(segment, "target_timerange");
  }
}
