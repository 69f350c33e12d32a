package dev.millrace.outbound;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** How a download stands by aria2's {@code tellStatus}; its numbers come as texts. */
record Aria2Status(String state, long completed, long total, int errorCode, String errorMessage) {
  /** What is asked for. */
  static final ArrayNode KEYS =
      JsonMapper.shared()
          .createArrayNode()
          .add("status")
          .add("totalLength")
          .add("completedLength")
          .add("errorCode")
          .add("errorMessage");

  static Aria2Status of(JsonNode json) {
    return new Aria2Status(
        json.path("status").asString(""),
        number(json.path("completedLength")),
        number(json.path("totalLength")),
        (int) number(json.path("errorCode")),
        json.path("errorMessage").asString(""));
  }

  private static long number(JsonNode text) {
    try {
      return Long.parseLong(text.asString("0"));
    } catch (NumberFormatException unreadable) {
      return 0;
    }
  }
}
