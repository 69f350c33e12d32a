package dev.millrace.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Bodies in YAML 1.2 (core schema), turned into the JSON that they stand for: one document, names
 * are texts, no aliases, nesting at most {@value Json#MAX_DEPTH} deep.
 */
final class Yaml {
  private Yaml() {}

  /**
   * The same as JSON.
   *
   * @throws ProblemException with line and column if it is no such YAML
   */
  static byte[] json(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel("the body")
            .setSchema(new CoreSchema())
            .setCodePointLimit(Integer.MAX_VALUE) // The body's own limit holds.
            .build();
    try {
      look(new Parse(settings).parseString(text));
      Object value = new Load(settings).loadFromString(text);
      requireNames(value);
      return Json.mapper().writeValueAsBytes(value);
    } catch (MarkedYamlEngineException malformed) {
      throw HttpProblems.YAML_MALFORMED.because(
          malformed.getProblemMark().map(Yaml::place).orElse("") + malformed.getProblem() + ".");
    } catch (YamlEngineException malformed) {
      throw HttpProblems.YAML_MALFORMED.because(malformed.getMessage() + ".");
    }
  }

  /** Before anything is built, which a small text could make large or deep. */
  private static void look(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof AliasEvent) {
        throw HttpProblems.YAML_MALFORMED.because(
            event.getStartMark().map(Yaml::place).orElse("") + "aliases are not taken.");
      } else if (event instanceof CollectionStartEvent && ++depth > Json.MAX_DEPTH) {
        throw HttpProblems.JSON_TOO_DEEP.because(
            event.getStartMark().map(Yaml::place).orElse("")
                + "nested more than "
                + Json.MAX_DEPTH
                + " deep.");
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private static void requireNames(Object value) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((name, inner) -> {
            if (!(name instanceof String)) {
              throw HttpProblems.YAML_MALFORMED.because(
                  "The name " + Shown.cut(String.valueOf(name)) + " is no text; put it in quotes.");
            }
            requireNames(inner);
          });
      case List<?> list -> list.forEach(Yaml::requireNames);
      case null, default -> {
        // A scalar.
      }
    }
  }

  private static String place(Mark mark) {
    return "Line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
  }
}
