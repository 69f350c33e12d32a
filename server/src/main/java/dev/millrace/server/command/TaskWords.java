package dev.millrace.server.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Values of answers as people read them on a terminal. */
final class TaskWords {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private TaskWords() {}

  /** The text of a field; a dash for null. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode() ? "-" : value.asString(value.toString());
  }

  /** Local time; a dash for null. */
  static String time(JsonNode node, String field) {
    String at = text(node, field);
    return at.equals("-") ? at : TIME.format(Instant.parse(at));
  }

  /** How long it took, such as 340 ms or 2 m 5 s; a dash for null. */
  static String took(JsonNode node) {
    JsonNode ms = node.path("durationMs");
    if (!ms.isNumber()) {
      return "-";
    }
    Duration took = Duration.ofMillis(ms.asLong());
    if (took.toMillis() < 10_000) {
      return took.toMillis() + " ms";
    }
    return took.toMinutes() == 0
        ? took.toSeconds() + " s"
        : took.toMinutes() + " m " + took.toSecondsPart() + " s";
  }
}
