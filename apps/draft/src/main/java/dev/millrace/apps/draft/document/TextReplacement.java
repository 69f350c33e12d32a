package dev.millrace.apps.draft.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts other words into texts, with their looks: each style keeps its share of the text. Only the
 * document within {@code content} is written again, and only of texts that change.
 */
final class TextReplacement {
  private TextReplacement() {}

  /** Replaces the text of one segment. */
  static void bySegment(DraftDocument draft, String id, String words) throws EditException {
    for (ObjectNode track : draft.tracks()) {
      for (ObjectNode segment : DraftDocument.segments(track)) {
        if (segment.path("id").asString("").equals(id)) {
          Material material = new Material.Index(draft).find(segment.path("material_id"));
          if (material == null || !material.list().equals("texts")) {
            throw new EditException(
                "/segment",
                "segment-has-no-text",
                "the segment '" + id + "' shows no plain text; give one on a text track");
          }
          replace(material.node(), words);
          return;
        }
      }
    }
    throw new EditException(
        "/segment",
        "segment-not-found",
        "the draft has no segment '" + id + "'; look the ids up under tracks");
  }

  /** Replaces every text that reads {@code old}. */
  static void byWords(DraftDocument draft, String old, String words) throws EditException {
    boolean found = false;
    for (ObjectNode text : DraftDocument.objects(draft.materials().path("texts"))) {
      if (old.equals(words(text))) {
        replace(text, words);
        found = true;
      }
    }
    if (!found) {
      throw new EditException(
          "/find",
          "text-not-found",
          "no text of the draft reads \"" + old + "\"; look the texts up under materials");
    }
  }

  /** What a text reads; null if that cannot be told. */
  static @Nullable String words(ObjectNode text) {
    ObjectNode content = content(text);
    return content != null && content.path("text").isString()
        ? content.path("text").stringValue()
        : null;
  }

  private static @Nullable ObjectNode content(ObjectNode text) {
    try {
      JsonNode content = DocumentJson.read(text.path("content").asString(""));
      return content instanceof ObjectNode object ? object : null;
    } catch (JacksonException _) {
      return null;
    }
  }

  /** Scales styles that do not cover their text; returns the ids of such texts. */
  static List<String> coverAll(DraftDocument draft) {
    List<String> mended = new ArrayList<>();
    for (ObjectNode text : DraftDocument.objects(draft.materials().path("texts"))) {
      ObjectNode content = content(text);
      if (content == null
          || !(content.get("styles") instanceof ArrayNode styles)
          || !content.path("text").isString()
          || styles.isEmpty()) {
        continue;
      }
      String words = content.path("text").stringValue();
      int length = words.codePointCount(0, words.length());
      // As text: a number that was written anew is the same number, and another kind of node.
      String before = DocumentJson.text(styles);
      scale(styles, length);
      if (!before.equals(DocumentJson.text(styles))) {
        text.put("content", DocumentJson.text(content));
        mended.add(text.path("id").asString(""));
      }
    }
    return mended;
  }

  private static void replace(ObjectNode text, String words) throws EditException {
    ObjectNode content = content(text);
    if (content == null || !(content.get("styles") instanceof ArrayNode styles)) {
      throw new EditException(
          "",
          "draft-damaged",
          "the content of the text '"
              + text.path("id").asString("")
              + "' is no JSON with styles; write the text anew in the editor");
    }
    content.put("text", words);
    scale(styles, words.codePointCount(0, words.length()));
    text.put("content", DocumentJson.text(content));
  }

  /**
   * Scales the ranges to a new length, in code points. The old ones may count UTF-16 units: only
   * their shares matter.
   */
  private static void scale(ArrayNode styles, int length) {
    long old = 0;
    for (JsonNode style : styles) {
      old = Math.max(old, style.path("range").path(1).asLong(0));
    }
    while (length == 0 && styles.size() > 1) {
      styles.remove(styles.size() - 1);
    }
    long done = 0;
    for (int i = 0; i < styles.size(); ) {
      long end = styles.get(i).path("range").path(1).asLong(0);
      boolean last = i == styles.size() - 1;
      long now = last || old == 0 ? length : Math.round((double) end * length / old);
      boolean none = now <= done && (!last || i > 0);
      if (none || !(styles.get(i) instanceof ObjectNode style)) {
        styles.remove(i);
        continue;
      }
      style.putArray("range").add(done).add(now);
      done = now;
      i++;
    }
  }
}
