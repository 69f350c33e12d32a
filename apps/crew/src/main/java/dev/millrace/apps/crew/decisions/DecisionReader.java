package dev.millrace.apps.crew.decisions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads decisions from JSON files as this and other recorders write them: names in camel case or
 * with underscores, options as texts or objects. Thread-safe.
 */
final class DecisionReader {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private DecisionReader() {}

  /**
   * What a file holds.
   *
   * @param successor the id, in the record it comes from, of what stands in its place
   * @param supersedes the ids there of what it takes the place of
   */
  record Read(
      NewDecision decision,
      @Nullable String successor,
      List<String> supersedes,
      List<Impact> impacts) {}

  /**
   * Reads one decision.
   *
   * @throws IllegalArgumentException naming line or field, the value and the remedy
   */
  static Read read(byte[] json, String project) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException malformed) {
      int line = malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr();
      throw new IllegalArgumentException(
          "line " + line + ": " + malformed.getOriginalMessage(), malformed);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException("the file holds no JSON object");
    }
    String title = text(root, 500, "title");
    String decision = text(root, 20_000, "decision");
    if (title.isBlank() || decision.isBlank()) {
      throw new IllegalArgumentException(
          "the field '" + (title.isBlank() ? "title" : "decision") + "' is missing or empty");
    }
    JsonNode metadata = any(root, "metadata");
    List<String> tags = texts(root, 20, "tags");
    for (String tag : tags) {
      if (tag.length() > 60) {
        throw new IllegalArgumentException(
            "the tag '" + tag.substring(0, 60) + "…' is longer than 60 characters; shorten it");
      }
    }
    String id = text(root, 200, "id");
    NewDecision made =
        new NewDecision(
            project,
            title,
            Markdown.date(text(root, 50, "date")),
            Markdown.status(text(root, 50, "status")),
            text(root, 20_000, "context"),
            options(root),
            decision,
            text(root, 20_000, "reasoning", "rationale"),
            text(root, 20_000, "consequences"),
            text(root, 200, "decisionMaker", "decision_maker"),
            texts(root, 100, "stakeholders"),
            texts(root, 100, "agentsInvolved", "agents_involved"),
            tags,
            List.of(),
            new Metadata(
                text(metadata, 200, "sessionId", "session_id"),
                text(metadata, 50, "complexity"),
                text(metadata, 200, "workflowId", "workflow_id"),
                id.isEmpty() ? null : id));
    String successor = text(root, 200, "supersededBy", "superseded_by");
    return new Read(
        made,
        successor.isBlank() ? null : successor,
        texts(root, 100, "supersedes"),
        impacts(root));
  }

  private static @Nullable JsonNode any(@Nullable JsonNode parent, String... names) {
    if (parent == null) {
      return null;
    }
    for (String name : names) {
      JsonNode found = parent.get(name);
      if (found != null && !found.isNull()) {
        return found;
      }
    }
    return null;
  }

  /** A text; a list of texts becomes lines; anything else that is no text is refused. */
  private static String text(@Nullable JsonNode parent, int most, String... names) {
    JsonNode found = any(parent, names);
    if (found == null) {
      return "";
    }
    String text;
    if (found.isArray()) {
      List<String> lines = new ArrayList<>();
      found.forEach(each -> lines.add(each.isValueNode() ? each.asString() : each.toString()));
      text = String.join("\n", lines);
    } else if (found.isObject()) {
      throw new IllegalArgumentException(
          "the field '" + names[0] + "' is an object; it must be a text");
    } else {
      text = found.asString();
    }
    if (text.length() > most) {
      throw new IllegalArgumentException(
          "the field '"
              + names[0]
              + "' has "
              + text.length()
              + " characters; at most "
              + most
              + " are allowed");
    }
    return text;
  }

  private static List<String> texts(@Nullable JsonNode parent, int most, String... names) {
    JsonNode found = any(parent, names);
    List<String> texts = new ArrayList<>();
    if (found == null) {
      return texts;
    }
    if (!found.isArray()) {
      throw new IllegalArgumentException("the field '" + names[0] + "' must be a list of texts");
    }
    if (found.size() > most) {
      throw new IllegalArgumentException(
          "the field '"
              + names[0]
              + "' has "
              + found.size()
              + " elements; at most "
              + most
              + " are allowed");
    }
    for (JsonNode each : found) {
      String text = each.isValueNode() ? each.asString() : each.toString();
      if (!text.isBlank()) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static List<Choice> options(JsonNode root) {
    JsonNode found = any(root, "options", "options_considered");
    List<Choice> options = new ArrayList<>();
    if (found == null) {
      return options;
    }
    if (!found.isArray() || found.size() > 50) {
      throw new IllegalArgumentException("the field 'options' must be a list of at most 50");
    }
    for (JsonNode each : found) {
      if (each.isObject()) {
        String name = text(each, 500, "name", "option", "title");
        options.add(
            new Choice(
                name.isBlank() ? "?" : name, texts(each, 100, "pros"), texts(each, 100, "cons")));
      } else if (!each.asString().isBlank()) {
        options.add(new Choice(each.asString(), List.of(), List.of()));
      }
    }
    return options;
  }

  private static List<Impact> impacts(JsonNode root) {
    JsonNode found = any(root, "impacts");
    List<Impact> impacts = new ArrayList<>();
    if (found == null || !found.isArray()) {
      return impacts;
    }
    for (JsonNode each : found) {
      String description = text(each, 5_000, "description");
      if (!description.isBlank()) {
        String type = text(each, 100, "type", "impact_type").toLowerCase(Locale.ROOT);
        var metrics = new java.util.LinkedHashMap<String, Double>();
        JsonNode numbers = any(each, "metrics");
        if (numbers != null && numbers.isObject()) {
          numbers
              .properties()
              .forEach(entry -> {
                if (entry.getValue().isNumber()) {
                  metrics.put(entry.getKey(), entry.getValue().asDouble());
                }
              });
        }
        impacts.add(
            new Impact(
                type.isBlank() ? "other" : type,
                description,
                text(each, 500, "outcome"),
                metrics,
                Markdown.date(text(each, 50, "at", "timestamp", "date"))));
      }
    }
    return impacts;
  }
}
