package dev.millrace.apps.draft.check;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the document within each text. */
final class TextRules {
  private TextRules() {}

  static void check(JsonNode content, Findings findings) {
    int index = 0;
    for (JsonNode text : content.path("materials").path("texts")) {
      String pointer = "/materials/texts/" + index++ + "/content";
      if (text.path("content").isString()) {
        text(text.path("content").stringValue(), pointer, findings);
      }
    }
  }

  private static void text(String content, String pointer, Findings findings) {
    JsonNode inner;
    try {
      inner = JsonMapper.shared().readTree(content);
    } catch (JacksonException e) {
      findings.add(Rule.TEXT_READABLE, pointer, "is no JSON: " + e.getOriginalMessage());
      return;
    }
    if (!inner.path("text").isString() || !inner.path("styles").isArray()) {
      findings.add(Rule.TEXT_READABLE, pointer, "has no text or no styles");
      return;
    }
    String words = inner.path("text").stringValue();
    ranges(inner.path("styles"), words.codePointCount(0, words.length()), pointer, findings);
  }

  private static void ranges(JsonNode styles, int length, String pointer, Findings findings) {
    long done = 0;
    for (JsonNode style : styles) {
      JsonNode range = style.path("range");
      boolean pair =
          range.size() == 2 && range.path(0).isIntegralNumber() && range.path(1).isIntegralNumber();
      if (!pair) {
        findings.add(Rule.TEXT_RANGES, pointer, "has a style without a range of two numbers");
        return;
      }
      if (range.path(0).asLong() != done || range.path(1).asLong() < done) {
        findings.add(
            Rule.TEXT_RANGES, pointer, "has range " + range + " where one must begin at " + done);
        return;
      }
      if (!style.path("size").isNumber() || !style.path("fill").isObject()) {
        findings.add(Rule.TEXT_READABLE, pointer, "has a style without size or fill");
      }
      done = range.path(1).asLong();
    }
    if (done != length) {
      findings.add(
          Rule.TEXT_RANGES,
          pointer,
          "has styles up to " + done + ", but the text has " + length + " code points");
    }
  }
}
